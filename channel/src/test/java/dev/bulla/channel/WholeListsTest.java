package dev.bulla.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.channel.publish.Upload;
import dev.bulla.channel.store.ForwardingDisk;
import dev.bulla.channel.store.LocalDisk;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When what lists a subdir whole shows a change: at once as long as it is small. */
final class WholeListsTest {
    private static final long LARGE = 1 << 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_small_list_shows_each_change_when_it_is_acknowledged(Dialect view) throws IOException {
        try (var test = TestChannels.openAtOnce(folder, new LocalDisk(), LARGE)) {
            test.publish(zlib("1.0"));
            assertEquals(Set.of("zlib-1.0-0.conda"), listed(test, view, Label.MAIN));

            test.publish(zlib("1.1"));
            assertEquals(Set.of("zlib-1.0-0.conda", "zlib-1.1-0.conda"), listed(test, view, Label.MAIN));

            test.main().yank(Subdir.NOARCH, ArchiveName.parse("zlib-1.0-0.conda"), "it is broken", test.admin());
            assertEquals(Set.of("zlib-1.1-0.conda"), listed(test, view, Label.MAIN));
        }
    }

    @Test
    void a_small_list_of_a_label_shows_each_change_when_it_is_acknowledged() throws IOException {
        try (var test = TestChannels.openAtOnce(folder, new LocalDisk(), LARGE)) {
            var dev = Label.parse("team/dev");
            var zlib = zlib("1.0");
            var conda = zlib.conda();
            test.publish(new Upload(zlib.condaName(), null, null, dev, new ByteArrayInputStream(conda), conda.length));

            assertEquals(Set.of(zlib.condaName()), listed(test, Dialect.CONDA, dev));
            assertEquals(Set.of(), listed(test, Dialect.CONDA, Label.MAIN));
        }
    }

    @Test
    void a_list_that_is_read_twice_is_made_once() throws IOException {
        try (var test = TestChannels.openAtOnce(folder, new LocalDisk(), LARGE)) {
            var before = list(test, Dialect.CONDA, Label.MAIN);
            test.publish(zlib("1.0"));

            var after = list(test, Dialect.CONDA, Label.MAIN);

            assertNotEquals(before.etag(), after.etag());
            assertEquals(after, list(test, Dialect.CONDA, Label.MAIN));
            test.channels.settle();
            assertEquals(after, list(test, Dialect.CONDA, Label.MAIN));
        }
    }

    @Test
    void a_list_that_has_grown_large_follows_later() throws IOException {
        try (var test = TestChannels.openAtOnce(folder, new LocalDisk(), 600)) {
            test.publish(zlib("1.0"));
            test.publish(zlib("1.1"));
            assertEquals(
                    Set.of(), listed(test, Dialect.CONDA, Label.MAIN), "two records and what is there are too long");

            test.channels.settle();
            assertEquals(Set.of("zlib-1.0-0.conda", "zlib-1.1-0.conda"), listed(test, Dialect.CONDA, Label.MAIN));
            test.publish(zlib("1.2"));
            assertEquals(Set.of("zlib-1.0-0.conda", "zlib-1.1-0.conda"), listed(test, Dialect.CONDA, Label.MAIN));
        }
    }

    @Test
    void while_a_list_cannot_be_made_the_one_before_is_served() throws IOException {
        var disk = new BrokenMoves();
        try (var test = TestChannels.openAtOnce(folder, disk, LARGE)) {
            test.publish(zlib("1.0"));
            assertEquals(Set.of("zlib-1.0-0.conda"), listed(test, Dialect.CONDA, Label.MAIN));
            test.publish(zlib("1.1"));
            disk.broken = true;
            assertEquals(Set.of("zlib-1.0-0.conda"), listed(test, Dialect.CONDA, Label.MAIN));

            disk.broken = false;
            test.channels.settle();
            assertEquals(Set.of("zlib-1.0-0.conda", "zlib-1.1-0.conda"), listed(test, Dialect.CONDA, Label.MAIN));
        }
    }

    @Test
    void a_list_whose_predecessor_was_damaged_meanwhile_is_made_from_nothing() throws IOException {
        try (var test = TestChannels.openAtOnce(folder, new LocalDisk(), LARGE)) {
            test.publish(zlib("1.0"));
            var before = (ServedFile.OnDisk) list(test, Dialect.CONDA, Label.MAIN);
            var bytes = Files.readAllBytes(before.path());
            bytes[bytes.length / 2] ^= 1;
            Files.write(before.path(), bytes);

            test.publish(Packages.tiny("bzip2"));

            assertEquals(Set.of("bzip2-1.0-0.conda", "zlib-1.0-0.conda"), listed(test, Dialect.CONDA, Label.MAIN));
            assertEquals(Set.of("bzip2-1.0-0.conda", "zlib-1.0-0.conda"), listed(test, Dialect.LIBMAMBA, Label.MAIN));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_packages_export_is_listed_whole_in_each_view(Dialect view) throws IOException {
        try (var test = TestChannels.openAtOnce(folder, new LocalDisk(), LARGE)) {
            test.publish(zlib("1.0").info("info/run_exports.json", "[\"zlib >=1.0\"]"));
            test.publish(Packages.tiny("bzip2"));

            var file = test.main().indexFile(view, Subdir.NOARCH, "run_exports.json");

            var exports = (JsonObject) Json.parse(ClientView.bytes(file.orElseThrow()), JsonLimits.METADATA);
            assertEquals(
                    Json.parse(
                            ("{\"bzip2-1.0-0.conda\":{\"run_exports\":{}},"
                                            + "\"zlib-1.0-0.conda\":{\"run_exports\":{\"weak\":[\"zlib >=1.0\"]}}}")
                                    .getBytes(StandardCharsets.UTF_8),
                            JsonLimits.METADATA),
                    exports.member("packages.conda").orElseThrow());
            assertTrue(test.main()
                    .indexFile(view, Subdir.NOARCH, "run_exports.json.zst")
                    .isPresent());
        }
    }

    /** While it is broken, nothing can be moved. */
    private static final class BrokenMoves extends ForwardingDisk {
        volatile boolean broken;

        @Override
        public void move(Path from, Path to) throws IOException {
            if (broken) {
                throw new IOException("cannot move " + from.getFileName());
            }
            super.move(from, to);
        }
    }

    private static TinyPackage zlib(String version) {
        return Packages.tiny("zlib").version(version);
    }

    private static Set<String> listed(TestChannels test, Dialect view, Label label) throws IOException {
        var json = (JsonObject) Json.parse(ClientView.bytes(list(test, view, label)), JsonLimits.METADATA);
        return ((JsonObject) json.member("packages.conda").orElseThrow())
                .members()
                .keySet();
    }

    private static ServedFile list(TestChannels test, Dialect view, Label label) {
        return test.main()
                .indexFile(view, Subdir.NOARCH, label, "repodata.json")
                .orElseThrow();
    }
}
