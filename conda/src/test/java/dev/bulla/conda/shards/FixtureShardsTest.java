package dev.bulla.conda.shards;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.repodata.RepodataLimits;
import dev.bulla.conda.repodata.RepodataReader;
import dev.bulla.conda.repodata.RepodataVisitor;
import dev.bulla.testkit.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sharded subdirs as other indexers wrote them: the shards hold what repodata.json beside them holds, and so do ours. */
class FixtureShardsTest {
    @ParameterizedTest
    @CsvSource({
        "channel/mojo-channel/head/linux-64,17,12",
        "channel/mojo-channel/head/osx-arm64,17,12",
        "channel/mojo-channel/head/noarch,0,0",
        "channel/conda-format-repo/linux-64,3,2"
    })
    void real_shards_hold_the_records_of_repodata_json(String folder, int records, int names) throws IOException {
        var index = ShardIndex.parse(Fixtures.bytes(folder + "/repodata_shards.msgpack.zst"), ShardLimits.DEFAULT);
        var found = new TreeMap<String, JsonMembers>();
        index.shards()
                .forEach((name, hash) -> found.putAll(shard(folder, index, hash).records()));
        assertEquals(names, index.shards().size());
        assertEquals(records, found.size());
        assertEquals(records(folder), found);
    }

    @ParameterizedTest
    @CsvSource({
        "channel/mojo-channel/head/linux-64",
        "channel/conda-format-repo/linux-64",
        "channel/conda-forge-from-locks/linux-64",
        "channel/conda-index-hotfix/osx-64"
    })
    void real_records_come_back_out_of_our_shards(String folder) throws IOException {
        var records = records(folder);
        var entries = records.entrySet().stream()
                .map(record ->
                        new Shard.Entry(record.getKey(), record.getValue().utf8(), null))
                .toList();
        assertEquals(
                records, Shard.parse(Shard.encode(entries), ShardLimits.DEFAULT).records());
    }

    private static Shard shard(String folder, ShardIndex index, byte[] hash) {
        var name = HexFormat.of().formatHex(hash);
        var bytes = Fixtures.bytes(folder + "/" + index.shardsBaseUrl() + name + ".msgpack.zst");
        assertEquals(name, HexFormat.of().formatHex(sha256(bytes)));
        return Shard.parse(bytes, ShardLimits.DEFAULT);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, JsonMembers> records(String folder) throws IOException {
        var records = new TreeMap<String, JsonMembers>();
        var in = new ByteArrayInputStream(Fixtures.bytes(folder + "/repodata.json"));
        RepodataReader.read(in, RepodataLimits.DEFAULT, new Collector(records));
        return records;
    }

    private record Collector(Map<String, JsonMembers> found) implements RepodataVisitor {
        @Override
        public void record(ArchiveType section, String fileName, byte[] json) {
            found.put(fileName, JsonMembers.parse(json, JsonBounds.SMALL));
        }
    }
}
