package dev.bulla.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.shards.Shard;
import dev.bulla.conda.shards.ShardIndex;
import dev.bulla.conda.shards.ShardLimits;
import dev.bulla.testkit.Packages;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards show a publication at once; what lists a subdir whole follows. */
final class ShardsTest {
    private static final String INDEX = "repodata_shards.msgpack.zst";

    @TempDir
    Path folder;

    @Test
    void every_subdir_has_an_index_of_shards_from_the_start() throws IOException {
        try (var test = TestChannels.open(folder)) {
            for (var subdir : test.main().subdirs()) {
                var index = parsed(index(test, subdir));
                assertEquals(subdir, index.subdir());
                assertEquals(0, index.shards().size());
                assertEquals("./shards/", index.shardsBaseUrl());
                assertEquals(test.clock.instant(), index.createdAt());
            }
        }
    }

    @Test
    void a_publication_is_in_the_shards_when_it_is_acknowledged_and_in_the_whole_list_once_that_is_made()
            throws IOException {
        try (var test = TestChannels.open(folder)) {
            var before = whole(test).etag();

            test.publish(Packages.tiny("zlib"));

            assertEquals(Set.of("zlib-1.0-0.conda"), listed(test, Label.MAIN));
            assertEquals(before, whole(test).etag());
            test.channels.settle();
            assertNotEquals(before, whole(test).etag());
        }
    }

    @Test
    void a_publication_changes_the_shard_of_its_package_alone() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            test.publish(Packages.tiny("bzip2"));
            var before = parsed(index(test, Subdir.NOARCH)).shards();

            test.publish(Packages.tiny("zlib").version("1.1"));

            var after = parsed(index(test, Subdir.NOARCH)).shards();
            assertArrayEquals(
                    before.hash("bzip2").orElseThrow(), after.hash("bzip2").orElseThrow());
            assertEquals(Set.of("bzip2-1.0-0.conda", "zlib-1.0-0.conda", "zlib-1.1-0.conda"), listed(test, Label.MAIN));
        }
    }

    @Test
    void a_shard_tells_what_its_packages_export() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib").info("info/run_exports.json", "[\"zlib >=1.0\"]"));
            test.publish(Packages.tiny("bzip2"));

            var shards =
                    new ClientView(test.main(), Dialect.CONDA, test.clock.instant()).shards(Subdir.NOARCH, Label.MAIN);

            assertEquals(Optional.of("{\"weak\":[\"zlib >=1.0\"]}"), runExports(shards, "zlib"));
            assertEquals(Optional.empty(), runExports(shards, "bzip2"));
        }
    }

    private static Optional<String> runExports(Map<String, Shard> shards, String packageName) {
        return Objects.requireNonNull(shards.get(packageName))
                .records()
                .values()
                .iterator()
                .next()
                .text("run_exports");
    }

    @Test
    void a_shard_that_the_index_has_ceased_to_name_is_served_for_seven_days() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            var old = shardName(test, "zlib");
            test.clock.advance(Duration.ofDays(30));
            test.publish(Packages.tiny("zlib").version("1.1"));

            test.clock.advance(Duration.ofDays(7));
            sweep(test, "first");
            assertTrue(shard(test, old));
            test.clock.advance(Duration.ofDays(2));
            sweep(test, "second");
            assertTrue(!shard(test, old));
            assertTrue(shard(test, shardName(test, "zlib")));
        }
    }

    @Test
    void the_index_of_shards_is_the_same_byte_for_byte_after_all_was_lost() throws IOException {
        byte[] before;
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            test.clock.advance(Duration.ofHours(1));
            test.publish(Packages.tiny("bzip2"));
            before = ClientView.bytes(index(test, Subdir.NOARCH));
        }
        Files.move(folder.resolve("index"), folder.resolve("lost"));
        try (var test = TestChannels.open(folder)) {
            assertArrayEquals(before, ClientView.bytes(index(test, Subdir.NOARCH)));
        }
    }

    @Test
    void nothing_but_a_shard_is_found_among_the_shards() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            for (var name : new String[] {"../manifest", "x.msgpack.zst", "0".repeat(64) + ".msgpack.zst", ""}) {
                assertTrue(!shard(test, name), name);
            }
        }
    }

    private static void sweep(TestChannels test, String reason) throws IOException {
        test.publish(Packages.tiny(reason)); // a sweep comes with the files that list a unit whole
        test.channels.settle();
    }

    private static Set<String> listed(TestChannels test, Label label) throws IOException {
        return new ClientView(test.main(), Dialect.CONDA, test.clock.instant()).inShards(Subdir.NOARCH, label);
    }

    private static String shardName(TestChannels test, String packageName) throws IOException {
        var hash = parsed(index(test, Subdir.NOARCH)).shards().hash(packageName);
        return HexFormat.of().formatHex(hash.orElseThrow()) + ".msgpack.zst";
    }

    private static boolean shard(TestChannels test, String fileName) throws IOException {
        return test.main().shard(Subdir.NOARCH, Label.MAIN, fileName).isPresent();
    }

    private static ServedFile whole(TestChannels test) {
        return test.main()
                .indexFile(Dialect.CONDA, Subdir.NOARCH, "repodata.json")
                .orElseThrow();
    }

    private static ServedFile index(TestChannels test, Subdir subdir) {
        return test.main().indexFile(Dialect.CONDA, subdir, INDEX).orElseThrow();
    }

    private static ShardIndex parsed(ServedFile index) throws IOException {
        return ShardIndex.parse(ClientView.bytes(index), ShardLimits.DEFAULT);
    }
}
