package dev.bulla.client.shards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.shards.Shard;
import dev.bulla.conda.shards.ShardIndex;
import dev.bulla.conda.shards.ShardMap;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.Fixtures;
import dev.bulla.testkit.Packages;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardFileTest {
    private final TreeMap<String, JsonObject> records = new TreeMap<>();
    private final ShardFile.Visitor visitor = new ShardFile.Visitor() {
        @Override
        public void record(ArchiveType section, String fileName, JsonObject record) {
            records.put(fileName, record);
        }

        @Override
        public void removed(String fileName) {
            records.remove(fileName);
        }

        @Override
        public void v3() {
            records.clear();
        }
    };

    @ParameterizedTest
    @CsvSource({
        "channel/mojo-channel/head/linux-64, shards/",
        "channel/mojo-channel/head/osx-arm64, shards/",
        "channel/conda-format-repo/linux-64, ''"
    })
    void shards_that_other_servers_wrote_have_the_records_of_their_repodata(String subdir, String folder) {
        var index = ShardIndexFile.parse(Fixtures.bytes(subdir + "/repodata_shards.msgpack.zst"));
        index.forEach((name, sha256) ->
                ShardFile.read(Fixtures.bytes(subdir + "/" + folder + sha256 + ".msgpack.zst"), visitor));

        assertFalse(records.isEmpty());
        assertEquals(subdir.substring(subdir.lastIndexOf('/') + 1), index.subdir());
        var expected = new TreeMap<String, Json>();
        var repodata = (JsonObject)
                Json.parse(Fixtures.bytes(subdir + "/repodata.json"), JsonLimits.METADATA.withMaxBytes(64 << 20));
        for (var map : new String[] {"packages", "packages.conda"}) {
            expected.putAll(((JsonObject) repodata.member(map).orElseThrow()).members());
        }
        assertEquals(expected.keySet(), records.keySet());
        expected.forEach((fileName, record) ->
                assertEquals(((JsonObject) record).without("run_exports"), withoutRunExports(fileName), fileName));
    }

    @Test
    void shards_that_bulla_writes_have_the_records_that_went_in() throws Exception {
        var json = "{\"build_number\":0,\"depends\":[\"a >=1\"],\"md5\":\"" + "0a".repeat(16) + "\",\"name\":\"zlib\","
                + "\"sha256\":\"" + "0b".repeat(32) + "\",\"size\":4294967296,\"timestamp\":1700000000999}";
        var record = json.getBytes(StandardCharsets.UTF_8);
        var shard = Shard.encode(List.of(new Shard.Entry("zlib-1.0-0.conda", record, null)));
        var digest = MessageDigest.getInstance("SHA-256").digest(shard);
        var index = ShardIndexFile.parse(
                ShardIndex.encode(Subdir.NOARCH, Instant.EPOCH, "", "./shards/", ShardMap.of(Map.of("zlib", digest))));

        ShardFile.read(shard, visitor);

        assertEquals(Map.of("zlib-1.0-0.conda", Json.parse(record, JsonLimits.RECORD)), records);
        assertEquals("noarch", index.subdir());
        assertEquals("", index.baseUrl());
        assertEquals("./shards/", index.shardsBaseUrl());
        var named = new TreeMap<String, String>();
        index.forEach(named::put);
        assertEquals(Map.of("zlib", HexFormat.of().formatHex(digest)), named);
    }

    @ParameterizedTest
    @CsvSource({
        "7f, 127",
        "ff, -1",
        "e0, -32",
        "cc80, 128",
        "ccff, 255",
        "cdffff, 65535",
        "ceffffffff, 4294967295",
        "cfffffffffffffffff, 18446744073709551615",
        "d080, -128",
        "d18000, -32768",
        "d280000000, -2147483648",
        "d38000000000000000, -9223372036854775808",
        "c0, null",
        "c2, false",
        "c3, true",
        "a161, '\"a\"'",
        "d90161, '\"a\"'",
        "da000161, '\"a\"'",
        "db0000000161, '\"a\"'",
        "9101, [1]",
        "dc000101, [1]",
        "81a16101, '{\"a\":1}'",
        "de0001a16101, '{\"a\":1}'"
    })
    void each_form_of_a_value_is_read(String bytes, String json) {
        read("81" + "aa" + hex("depends_on") + bytes);

        var value = records.firstEntry().getValue().member("depends_on").orElseThrow();
        assertEquals(Json.parse(json.getBytes(StandardCharsets.UTF_8), JsonLimits.RECORD), value);
    }

    @ParameterizedTest
    @CsvSource({
        "'', an end that is missing",
        "81, an end that is missing",
        "81a161, an end that is missing",
        "90, no map",
        "82a16101a16102, a name twice",
        "81a161cb3ff0000000000000, a fraction",
        "81a161ca3f800000, a fraction",
        "81a161c7010100, an extension",
        "81a161d40100, an extension",
        "81a161c1, a byte that is never used",
        "81a161c40100, bytes where no digest belongs",
        "81a16181a3736861c40100, bytes where no digest belongs",
        "81a16191a3c40100, a text longer than the rest",
        "81c00100, a name that is no text",
        "81a1ff01, a text that is not UTF-8",
        "dfffffffff, a map longer than the file",
        "81a161ddffffffff, a list longer than the file",
        "81a161dbffffffff, a text longer than the file",
        "8000, more behind the end"
    })
    void what_is_no_record_is_refused(String bytes, String why) {
        var problem = assertThrows(ProblemException.class, () -> read(bytes), why);

        assertEquals(Code.METADATA_MALFORMED, problem.problem().code());
    }

    @Test
    void a_deep_record_is_refused() {
        assertEquals(
                Code.METADATA_MALFORMED,
                assertThrows(ProblemException.class, () -> read("81a161" + "91".repeat(100_000) + "01"))
                        .problem()
                        .code());
    }

    @Test
    void a_record_of_very_many_values_is_refused() {
        assertEquals(
                Code.METADATA_MALFORMED,
                assertThrows(ProblemException.class, () -> read("81a161dd00020000" + "01".repeat(1 << 17)))
                        .problem()
                        .code());
    }

    private JsonObject withoutRunExports(String fileName) {
        return Objects.requireNonNull(records.get(fileName)).without("run_exports");
    }

    /** Reads a shard of one record, of these bytes. */
    private void read(String record) {
        var before = "82" + "a8" + hex("packages") + "80" + "ae" + hex("packages.conda") + "81" + "a7" + hex("a.conda");
        ShardFile.read(Packages.zstd(HexFormat.of().parseHex(before + record)), visitor);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
