package dev.bulla.channel;

import static dev.bulla.channel.TestChannels.codes;
import static dev.bulla.channel.TestChannels.upload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.testkit.Packages;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishTest {
    @TempDir
    Path folder;

    @Test
    void a_published_package_is_served_indexed_and_signed_for_both_kinds_of_clients() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var zlib = Packages.tiny("zlib").subdir("linux-64");

            var published = test.publish(zlib);

            assertEquals(Subdir.parse("linux-64"), published.subdir());
            assertEquals(Packages.sha256(zlib.conda()), published.sha256().hex());
            assertFalse(published.alreadyThere());
            for (var view : Dialect.values()) {
                assertEquals(Set.of("zlib-1.0-0.conda"), see(test, view, "linux-64"));
                assertEquals(Set.of(), see(test, view, "noarch"));
            }
        }
    }

    @Test
    void both_archive_types_stand_side_by_side() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var tiny = Packages.tiny("both");

            test.publish(tiny);
            test.publish(upload(tiny.tarBz2Name(), tiny.tarBz2()));

            assertEquals(Set.of("both-1.0-0.conda", "both-1.0-0.tar.bz2"), see(test, Dialect.LIBMAMBA, "noarch"));
        }
    }

    @Test
    void the_same_bytes_under_the_same_name_are_there_already_and_change_nothing() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var first = test.publish(Packages.tiny("zlib"));
            var etag = etag(test);

            test.clock.advance(Duration.ofHours(1));
            var second = test.publish(Packages.tiny("zlib"));

            assertTrue(second.alreadyThere());
            assertEquals(first.generation(), second.generation());
            assertEquals(etag, etag(test));
        }
    }

    @Test
    void other_bytes_under_the_same_name_are_a_conflict_and_leave_no_bytes_behind() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            var before = blobs();
            var other = Packages.tiny("zlib").file("share/other", "other bytes");

            assertEquals(List.of(Code.NAME_CONFLICT), codes(test.publish(upload(other.condaName(), other.conda()))));

            assertEquals(before, blobs());
            assertEquals(Set.of("zlib-1.0-0.conda"), see(test, Dialect.CONDA, "noarch"));
        }
    }

    @Test
    void a_file_name_may_be_in_two_subdirs_with_different_bytes() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib").subdir("linux-64"));
            test.publish(Packages.tiny("zlib").subdir("osx-64"));

            assertEquals(Set.of("zlib-1.0-0.conda"), see(test, Dialect.CONDA, "linux-64"));
            assertEquals(Set.of("zlib-1.0-0.conda"), see(test, Dialect.CONDA, "osx-64"));
        }
    }

    @Test
    void the_indexed_timestamp_is_the_servers_time_at_the_promotion_in_milliseconds() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.clock.set(Instant.parse("2026-03-01T12:00:00.123456Z"));
            test.publish(Packages.tiny("zlib"));
            test.clock.advance(Duration.ofDays(1));
            test.publish(Packages.tiny("later"));

            var records = (JsonObject) view(test, Dialect.CONDA)
                    .repodata(Subdir.NOARCH)
                    .member("packages.conda")
                    .orElseThrow();
            var zlib = (JsonObject) records.member("zlib-1.0-0.conda").orElseThrow();
            assertEquals(
                    JsonNumber.of(1_772_366_400_123L),
                    zlib.member("indexed_timestamp").orElseThrow());
        }
    }

    @Test
    void a_subdir_that_no_client_knows_appears_with_its_first_artifact() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var odd = Subdir.parse("plan9-64");
            assertTrue(
                    test.main().indexFile(Dialect.CONDA, odd, "repodata.json").isEmpty());

            test.publish(Packages.tiny("zlib").subdir("plan9-64"));

            assertEquals(Set.of("zlib-1.0-0.conda"), see(test, Dialect.CONDA, "plan9-64"));
            assertTrue(test.main().subdirs().contains(odd));
        }
    }

    private static ClientView view(TestChannels test, Dialect dialect) {
        return new ClientView(test.main(), dialect, test.clock.instant());
    }

    private static Set<String> see(TestChannels test, Dialect dialect, String subdir) throws IOException {
        return view(test, dialect).packages(Subdir.parse(subdir));
    }

    private static String etag(TestChannels test) throws IOException {
        test.channels.settle();
        return test.main()
                .indexFile(Dialect.CONDA, Subdir.NOARCH, "repodata.json")
                .orElseThrow()
                .etag();
    }

    private List<Path> blobs() throws IOException {
        return files(folder.resolve("blobs"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return new ArrayList<>(all.filter(Files::isRegularFile).sorted().toList());
        }
    }
}
