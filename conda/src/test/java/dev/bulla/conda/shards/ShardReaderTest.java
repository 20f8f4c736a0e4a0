package dev.bulla.conda.shards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardReaderTest {
    private final TreeMap<String, String> records = new TreeMap<>();
    private final ShardVisitor visitor = new ShardVisitor() {
        @Override
        public void record(ArchiveType section, String fileName, byte[] json) {
            records.put(fileName, new String(json, StandardCharsets.UTF_8));
        }

        @Override
        public void revision3(String kind, String key, byte[] json) {
            records.put(kind + " " + key, new String(json, StandardCharsets.UTF_8));
        }

        @Override
        public void removed(String fileName) {
            records.remove(fileName);
        }
    };

    @ParameterizedTest
    @CsvSource({
        "7f, 127",
        "ff, -1",
        "e0, -32",
        "cb3ff8000000000000, 1.5",
        "ca3fc00000, 1.5",
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

        assertEquals("{\"depends_on\":" + json + "}", records.get("a.conda"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', an end that is missing",
        "81, an end that is missing",
        "81a161, an end that is missing",
        "90, no map",
        "82a16101a16102, a name twice",
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

        assertEquals(Code.REPODATA_INVALID, problem.problem().code());
    }

    @Test
    void a_deep_record_is_refused() {
        assertEquals(
                Code.REPODATA_INVALID,
                assertThrows(ProblemException.class, () -> read("81a161" + "91".repeat(100_000) + "01"))
                        .problem()
                        .code());
    }

    @Test
    void a_record_of_very_many_values_is_refused() {
        assertEquals(
                Code.REPODATA_INVALID,
                assertThrows(ProblemException.class, () -> read("81a161dd00020000" + "01".repeat(1 << 17)))
                        .problem()
                        .code());
    }

    /** Reads a shard of one record, of these bytes. */
    private void read(String record) {
        var before = "82" + "a8" + hex("packages") + "80" + "ae" + hex("packages.conda") + "81" + "a7" + hex("a.conda");
        Shard.read(Zstd.compress(HexFormat.of().parseHex(before + record)), ShardLimits.DEFAULT, visitor);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
