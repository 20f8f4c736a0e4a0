package dev.bulla.channel;

import static dev.bulla.channel.TestChannels.codes;
import static dev.bulla.channel.TestChannels.upload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.channel.publish.PublishResult;
import dev.bulla.channel.publish.PublishResult.Published;
import dev.bulla.channel.publish.Upload;
import dev.bulla.channel.store.ForwardingDisk;
import dev.bulla.channel.token.ApiToken;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.SettableClock;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    void another_subdir_than_the_caller_named_is_a_mismatch() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var bytes = Packages.tiny("zlib").conda();
            var upload = new Upload(
                    "zlib-1.0-0.conda", null, Subdir.parse("win-64"), null, new ByteArrayInputStream(bytes), -1);

            assertEquals(List.of(Code.METADATA_MISMATCH), codes(test.publish(upload)));
            assertNothingBehind(test);
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

    @Test
    void a_subdir_that_the_channels_own_files_need_is_refused() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var trap = Packages.tiny("trap").subdir("content-trust");

            assertEquals(List.of(Code.METADATA_INVALID), codes(test.publish(upload(trap.condaName(), trap.conda()))));
            assertNothingBehind(test);
        }
    }

    @Test
    void every_bad_upload_gets_its_code_and_leaves_nothing_behind() throws IOException {
        var bytes = Packages.tiny("zlib").conda();
        var name = "zlib-1.0-0.conda";
        var ok = Packages.sha256(bytes);
        try (var test = TestChannels.open(folder, limited(bytes.length + 10))) {
            refused(test, Code.NAME_INVALID, upload("../zlib-1.0-0.conda", bytes));
            refused(test, Code.NAME_INVALID, upload("zlib.conda", bytes));
            refused(
                    test,
                    Code.METADATA_MISMATCH,
                    upload("zlib-1.1-0.tar.bz2", Packages.tiny("zlib").tarBz2()));
            refused(test, Code.HASH_MISMATCH, announced(name, "00".repeat(32), bytes, -1));
            refused(test, Code.HASH_MISMATCH, announced(name, "no hash", bytes, -1));
            refused(test, Code.UPLOAD_TRUNCATED, announced(name, ok, bytes, bytes.length + 1));
            refused(test, Code.UPLOAD_TRUNCATED, announced(name, ok, bytes, bytes.length - 1));
            refused(test, Code.UPLOAD_TOO_LARGE, upload(name, new byte[bytes.length + 11]));
            refused(test, Code.UPLOAD_TOO_LARGE, announced(name, null, new byte[bytes.length + 11], -1));
            refused(test, Code.ARCHIVE_NOT_A_PACKAGE, upload(name, new byte[0]));
            refused(test, Code.BAD_REQUEST, labelled(name, bytes));
            assertInstanceOf(
                    Published.class, test.publish(announced(name, ok.toUpperCase(Locale.ROOT), bytes, bytes.length)));
        }
    }

    private void refused(TestChannels test, Code code, Upload upload) throws IOException {
        assertEquals(List.of(code), codes(test.publish(upload)), upload.fileName());
        assertNothingBehind(test);
    }

    @Test
    void a_body_that_breaks_off_is_truncated() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var body = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new EOFException("the connection is gone");
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    return read();
                }
            };
            assertEquals(
                    List.of(Code.UPLOAD_TRUNCATED),
                    codes(test.publish(new Upload("zlib-1.0-0.conda", null, null, null, body, -1))));
            assertNothingBehind(test);
        }
    }

    @Test
    void the_disk_reserve_stops_uploads_and_not_reading() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
        }
        var everything = new ChannelsConfig(10_000_000, Long.MAX_VALUE, Period.ofYears(3), Duration.ofDays(30));
        try (var test = TestChannels.open(folder, everything)) {
            var upload = upload("other-1.0-0.conda", Packages.tiny("other").conda());

            var refusal = assertThrows(ProblemException.class, () -> test.publish(upload));

            assertEquals(Code.STORAGE_FULL, refusal.problem().code());
            assertFalse(test.channels.health().takesUploads());
            assertEquals(Set.of("zlib-1.0-0.conda"), see(test, Dialect.CONDA, "noarch"));
        }
    }

    @Test
    void a_disk_that_fails_once_leaves_nothing_behind_and_the_next_upload_works() throws IOException {
        var disk = new ForwardingDisk() {
            boolean broken;

            @Override
            public void sync(Path file) throws IOException {
                if (broken) {
                    throw new IOException("the disk does not answer");
                }
                super.sync(file);
            }
        };
        try (var test = TestChannels.open(folder, TestChannels.CONFIG, SettableClock.atStart(), disk)) {
            disk.broken = true;
            assertThrows(IOException.class, () -> test.publish(Packages.tiny("zlib")));
            disk.broken = false;
            assertNothingBehind(test);

            assertFalse(test.publish(Packages.tiny("zlib")).alreadyThere());
            assertEquals(Set.of("zlib-1.0-0.conda"), see(test, Dialect.CONDA, "noarch"));
        }
    }

    @Test
    void an_index_that_cannot_be_made_fails_the_publish_and_is_made_later() throws IOException {
        var disk = new ForwardingDisk() {
            volatile boolean broken;

            @Override
            public void move(Path from, Path to) throws IOException {
                if (broken && from.endsWith("building")) {
                    throw new IOException("no space left");
                }
                super.move(from, to);
            }
        };
        try (var test = TestChannels.open(folder, TestChannels.CONFIG, SettableClock.atStart(), disk)) {
            disk.broken = true;
            assertThrows(IOException.class, () -> test.publish(Packages.tiny("zlib")));
            disk.broken = false;
            test.clock.advance(Duration.ofMinutes(5));
            test.channels.runDueJobs();

            assertTrue(test.publish(Packages.tiny("zlib")).alreadyThere());
            assertEquals(Set.of("zlib-1.0-0.conda"), see(test, Dialect.CONDA, "noarch"));
        }
    }

    @Test
    void only_the_admin_publishes() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var guest = new ApiToken("guest", "guest", false, SettableClock.START);
            var upload = upload("zlib-1.0-0.conda", Packages.tiny("zlib").conda());

            var refusal = assertThrows(ProblemException.class, () -> test.main().publish(upload, guest));

            assertEquals(Code.SCOPE_DENIED, refusal.problem().code());
            assertNothingBehind(test);
        }
    }

    @Test
    void all_problems_of_a_package_are_told_at_once() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var bad = Packages.tiny("zlib").field("subdir", "\"nowhere\"").info("info/paths.json", "{}");

            var result = test.publish(upload(
                    "zlib-2.0-0.conda",
                    bad.condaZip(
                                    Packages.zstd(bad.infoTar().bytes()),
                                    Packages.zstd(bad.payloadTar().bytes()))
                            .bytes()));

            assertTrue(((PublishResult.Rejected) result).problems().size() >= 1);
            assertNothingBehind(test);
        }
    }

    private static ChannelsConfig limited(long bytes) {
        return new ChannelsConfig(bytes, 0, Period.ofYears(3), Duration.ofDays(30));
    }

    private static Upload announced(String name, @Nullable String sha256, byte[] bytes, long length) {
        return new Upload(name, sha256, null, null, new ByteArrayInputStream(bytes), length);
    }

    private static Upload labelled(String name, byte[] bytes) {
        return new Upload(name, null, null, Label.parse("dev"), new ByteArrayInputStream(bytes), -1);
    }

    private static ClientView view(TestChannels test, Dialect dialect) {
        return new ClientView(test.main(), dialect, test.clock.instant());
    }

    private static Set<String> see(TestChannels test, Dialect dialect, String subdir) throws IOException {
        return view(test, dialect).packages(Subdir.parse(subdir));
    }

    private static String etag(TestChannels test) {
        return test.main()
                .indexFile(Dialect.CONDA, Subdir.NOARCH, "repodata.json")
                .orElseThrow()
                .etag();
    }

    private void assertNothingBehind(TestChannels test) throws IOException {
        assertEquals(List.of(), blobs());
        assertEquals(List.of(), files(folder.resolve("incoming")));
        assertEquals(Set.of(), see(test, Dialect.CONDA, "noarch"));
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
