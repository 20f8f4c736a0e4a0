package dev.bulla.conda.repodata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulla.conda.archive.IndexJson;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageRecordTest {
    private static final String FILE = "zlib-1.3.1-h5_2.conda";
    private static final String SHA256 = "0123456789abcdef".repeat(4);
    private static final String MD5 = "0123456789abcdef".repeat(2);

    private static TinyPackage zlib() {
        return Packages.tiny("zlib")
                .version("1.3.1")
                .build("h5_2", 2)
                .subdir("linux-64")
                .depends("libgcc >=13");
    }

    private static PackageRecord record(TinyPackage tiny) {
        var index = IndexJson.parse(tiny.indexJson().getBytes(UTF_8));
        return PackageRecord.of(index, ArchiveName.parse(FILE), 4711, SHA256, MD5, 1_767_225_600_000L);
    }

    @Test
    void a_record_is_the_index_json_with_size_digests_and_the_time_of_indexing() {
        assertEquals(
                """
                {"build":"h5_2","build_number":2,"depends":["libgcc >=13"],"indexed_timestamp":1767225600000,\
                "license":"Zlib","md5":"%s","name":"zlib","sha256":"%s","size":4711,"subdir":"linux-64",\
                "version":"1.3.1"}""".formatted(MD5, SHA256),
                new String(record(zlib().field("license", "\"Zlib\"")).json(), UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "arch",
        "has_prefix",
        "mtime",
        "platform",
        "ucs",
        "requires_features",
        "binstar",
        "target-triplet",
        "machine",
        "operatingsystem"
    })
    void a_member_that_no_index_carries_is_dropped(String member) {
        assertEquals(record(zlib()), record(zlib().field(member, "\"x\"")));
    }

    @Test
    void an_unknown_member_is_kept_with_the_text_of_its_numbers() {
        assertEquals(
                Optional.of("{\"a\":[1.50,\"\u00e9\"]}"),
                record(zlib().field("app", "{ \"a\": [1.50, \"\\u00e9\"] }"))
                        .members()
                        .text("app"));
    }

    @Test
    void a_record_is_read_back_from_its_bytes() {
        var record = record(zlib());
        var parsed = PackageRecord.parse(FILE, record.json());
        assertEquals(record, parsed);
        assertArrayEquals(record.json(), parsed.json());
        assertEquals("zlib", parsed.name().text());
        assertEquals("1.3.1", parsed.version().text());
        assertEquals("h5_2", parsed.build().text());
        assertEquals(2, parsed.buildNumber());
        assertEquals("linux-64", parsed.subdir().text());
        assertEquals(4711, parsed.sizeBytes());
        assertEquals(SHA256, parsed.sha256());
        assertEquals(Optional.of(MD5), parsed.md5());
        assertEquals(List.of("libgcc >=13"), parsed.depends());
        assertEquals(Optional.of(1_767_225_600_000L), parsed.indexedTimestampMillis());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"name\":\"zlib\"    | \"name\":\"zlob\"",
                "\"version\":\"1.3.1\"| \"version\":\"1.3\"",
                "\"build\":\"h5_2\"   | \"build\":5",
                "\"build_number\":2   | \"build_number\":\"2\"",
                "\"size\":4711        | \"size\":null",
                "\"subdir\"           | \"folder\"",
                "\"sha256\":\"0       | \"sha256\":\"A",
                "\"sha256\":\"0       | \"sha256\":\"",
                "[\"libgcc >=13\"]    | null",
                "}                    | ,}"
            })
    void a_record_that_is_none_or_about_another_file_is_refused(String good, String bad) {
        var json = new String(record(zlib()).json(), UTF_8).replace(good, bad).getBytes(UTF_8);
        var refused = assertThrows(ProblemException.class, () -> PackageRecord.parse(FILE, json));
        assertEquals(Code.REPODATA_INVALID, refused.problem().code());
    }
}
