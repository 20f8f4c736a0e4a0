package dev.bulla.conda.shards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
    private static final String MD5 = "00112233445566778899aabbccddeeff";
    private static final String SHA256 = MD5 + MD5;

    private static Shard.Entry entry(String fileName, String json) {
        return new Shard.Entry(fileName, json.getBytes(UTF_8), null);
    }

    private static JsonMembers members(String json) {
        return JsonMembers.parse(json.getBytes(UTF_8), JsonBounds.SMALL);
    }

    private static Shard parse(byte[] bytes) {
        return Shard.parse(bytes, ShardLimits.DEFAULT);
    }

    private static String hex(byte[] packed) {
        return HexFormat.of().formatHex(Frame.decompress(packed, 1 << 20, 24));
    }

    private static String refusal(byte[] bytes) {
        var refused = assertThrows(ProblemException.class, () -> parse(bytes));
        assertEquals(Code.REPODATA_INVALID, refused.problem().code());
        return refused.problem().detail();
    }

    private static String refusalOf(String hex) {
        return refusal(Zstd.compress(HexFormat.of().parseHex(hex)));
    }

    @Test
    void an_empty_shard_has_both_maps_and_removed() {
        assertEquals(
                "83" + "a8" + "7061636b61676573" + "80" + "ae" + "7061636b616765732e636f6e6461" + "80" + "a7"
                        + "72656d6f766564" + "90",
                hex(Shard.encode(List.of())));
    }

    @Test
    void digests_are_bytes_and_read_back_as_text() {
        var json = "{\"legacy_bz2_md5\":\"" + MD5 + "\",\"md5\":\"" + MD5 + "\",\"sha256\":\"" + SHA256 + "\"}";
        var bytes = Shard.encode(List.of(entry("a-1-0.conda", json)));
        assertTrue(hex(bytes).contains("a36d6435" + "c410" + MD5), hex(bytes));
        assertTrue(hex(bytes).contains("a6736861323536" + "c420" + SHA256), hex(bytes));
        assertTrue(hex(bytes).contains("ae6c65676163795f627a325f6d6435" + "c410" + MD5), hex(bytes));
        assertEquals(Map.of("a-1-0.conda", members(json)), parse(bytes).records());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"md5\":\"AA112233445566778899AABBCCDDEEFF\"}",
                "{\"md5\":\"00\",\"sha256\":null}",
                "{\"attestations_sha256\":\"0011223344556677889900112233445566778899001122334455667788990011\"}",
                "{\"x\":{\"md5\":\"00112233445566778899aabbccddeeff\"}}"
            })
    void what_is_no_digest_of_the_archive_stays_text(String json) {
        var bytes = Shard.encode(List.of(entry("a-1-0.conda", json)));
        assertTrue(!hex(bytes).contains("c410") && !hex(bytes).contains("c420"), hex(bytes));
        assertEquals(members(json), parse(bytes).records().get("a-1-0.conda"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[0,127,128,255,256,65535,65536,4294967295,4294967296,9223372036854775807]}",
                "{\"a\":[-1,-32,-33,-128,-129,-32768,-32769,-2147483648,-2147483649,-9223372036854775808]}",
                "{\"a\":[18446744073709551615,1.5,-0.25,true,false,null,\"\",{},[]]}",
                "{\"a\":\"é😀 \\u0000 \\\" \\\\ x\",\"é\":{\"b\":{\"c\":[[1]]}}}"
            })
    void every_kind_of_value_is_read_back(String json) {
        var bytes = Shard.encode(List.of(entry("a-1-0.conda", json)));
        assertEquals(members(json), parse(bytes).records().get("a-1-0.conda"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 16, 31, 32, 255, 256, 65_535, 65_536, 70_000})
    void lists_maps_and_texts_of_every_length_are_read_back(int count) {
        var list = IntStream.range(0, count).mapToObj(i -> "1").collect(Collectors.joining(",", "[", "]"));
        var map = IntStream.range(0, count).mapToObj(i -> "\"" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
        for (var value : List.of(list, "\"" + "x".repeat(count) + "\"", map)) {
            var json = "{\"a\":" + value + ",\"b\":2}";
            var bytes = Shard.encode(List.of(entry("a-1-0.conda", json)));
            var many = new ShardLimits(1, 16 << 20, 1 << 17);
            assertEquals(members(json), Shard.parse(bytes, many).records().get("a-1-0.conda"));
        }
    }

    @Test
    void run_exports_stand_in_their_place_among_the_members() {
        for (var record : List.of("{\"name\":\"a\",\"size\":1}", "{\"name\":\"a\"}", "{\"size\":1}", "{}")) {
            var entry = new Shard.Entry("a-1-0.conda", record.getBytes(UTF_8), "{\"weak\":[\"a\"]}".getBytes(UTF_8));
            var expected = members(record).with("run_exports", "{\"weak\":[\"a\"]}");
            assertEquals(expected, parse(Shard.encode(List.of(entry))).records().get("a-1-0.conda"));
            assertArrayEquals(
                    Shard.encode(List.of(new Shard.Entry("a-1-0.conda", expected.utf8(), null))),
                    Shard.encode(List.of(entry)));
        }
    }

    @Test
    void run_exports_given_beside_the_record_replace_what_the_record_claims() {
        var record = "{\"run_exports\":{\"weak\":[\"b\"]},\"size\":1}".getBytes(UTF_8);
        var entry = new Shard.Entry("a-1-0.conda", record, "{}".getBytes(UTF_8));
        assertEquals(
                members("{\"run_exports\":{},\"size\":1}"),
                parse(Shard.encode(List.of(entry))).records().get("a-1-0.conda"));
    }

    @Test
    void the_order_of_entries_and_removed_names_makes_no_difference() {
        var entries = new ArrayList<Shard.Entry>();
        for (var i = 0; i < 40; i++) {
            entries.add(entry("a-1-" + i + (i % 2 == 0 ? ".conda" : ".tar.bz2"), "{\"build_number\":" + i + "}"));
        }
        var bytes = Shard.encode(entries, List.of("a-0-1.conda", "a-0-0.conda"));
        assertArrayEquals(bytes, Shard.encode(entries.reversed(), List.of("a-0-0.conda", "a-0-1.conda")));
        assertEquals(List.of("a-0-0.conda", "a-0-1.conda"), parse(bytes).removed());
        assertEquals(40, parse(bytes).records().size());
    }

    @Test
    void records_of_schema_version_3_stand_only_in_v3() {
        var three = "{\"schema_version\":3}";
        var shard = parse(Shard.encode(List.of(
                entry("a-1-0.conda", three), entry("a-1-1.tar.bz2", three), entry("a-1-2.conda", "{\"size\":1}"))));
        assertEquals(Map.of("a-1-2.conda", members("{\"size\":1}")), shard.records());
        assertEquals(Map.of("a-1-0.conda", members(three), "a-1-1.tar.bz2", members(three)), shard.v3());
    }

    @Test
    void two_entries_of_one_file_name_are_refused() {
        var entries = List.of(entry("a-1-0.conda", "{}"), entry("a-1-0.conda", "{}"));
        assertThrows(IllegalArgumentException.class, () -> Shard.encode(entries));
    }

    @Test
    void a_file_that_is_no_archive_is_refused() {
        var entries = List.of(entry("a-1-0.whl", "{}"));
        assertThrows(IllegalArgumentException.class, () -> Shard.encode(entries));
    }

    @Test
    void an_empty_file_is_refused() {
        assertTrue(refusal(new byte[0]).startsWith("the shard: not zstd"), refusal(new byte[0]));
    }

    @Test
    void what_is_no_zstd_or_is_cut_off_is_refused() {
        assertTrue(refusal("anything".getBytes(UTF_8)).startsWith("the shard: not zstd"));
        var whole = Shard.encode(List.of());
        for (var length = 0; length < whole.length; length++) {
            assertTrue(refusal(Arrays.copyOf(whole, length)).startsWith("the shard: not zstd"));
        }
    }

    @Test
    void a_second_frame_is_refused() {
        var one = Shard.encode(List.of());
        var two = Arrays.copyOf(one, one.length * 2);
        System.arraycopy(one, 0, two, one.length, one.length);
        assertEquals("the shard: bytes follow the zstd frame", refusal(two));
    }

    @Test
    void a_shard_over_the_limit_is_refused() {
        var bytes = Shard.encode(List.of(entry("a-1-0.conda", "{\"a\":\"" + "x".repeat(1000) + "\"}")));
        var length = Frame.decompress(bytes, 1 << 20, 24).length;
        assertEquals(
                1,
                Shard.parse(bytes, new ShardLimits(1, length, 1 << 16))
                        .records()
                        .size());
        assertThrows(ProblemException.class, () -> Shard.parse(bytes, new ShardLimits(1 << 20, length - 1, 1 << 16)));
    }

    @Test
    void a_shard_without_one_of_its_maps_is_refused() {
        assertTrue(refusalOf("81a87061636b6167657380").contains("packages.conda is missing"));
    }

    @Test
    void a_map_that_is_there_twice_is_refused() {
        assertTrue(refusalOf("82a87061636b6167657380a87061636b6167657380").contains("twice"));
    }

    @Test
    void a_count_that_cannot_fit_is_refused() {
        assertTrue(refusalOf("dfffffffff").contains("do not fit"));
        assertTrue(refusalOf("81a178ddffffffff").contains("do not fit"));
        assertTrue(refusalOf("81dbffffffff").contains("do not fit"));
        assertTrue(refusalOf("81a178c6ffffffff").contains("do not fit"));
    }

    @Test
    void what_is_deeper_than_32_is_refused() {
        assertTrue(refusalOf("81a178" + "91".repeat(100) + "90").contains("deep"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"81a178c1", "81a178c70000", "81a178d400ff", "8101c0", "81a178cb7ff0000000000000", "81a2c328c0"})
    void extensions_unused_bytes_odd_names_and_infinities_are_refused(String hex) {
        assertTrue(refusalOf(hex).startsWith("the shard: "));
    }

    @Test
    void bytes_after_the_map_are_refused() {
        var whole = hex(Shard.encode(List.of()));
        assertTrue(refusalOf(whole + "c0").contains("more follows the end"));
    }

    @Test
    void a_shard_that_is_cut_off_or_changed_is_read_or_refused_but_nothing_else() {
        var plain = Frame.decompress(
                Shard.encode(
                        List.of(entry("a-1-0.conda", "{\"depends\":[\"b\"],\"md5\":\"" + MD5 + "\",\"size\":70000}"))),
                1 << 20,
                24);
        for (var length = 0; length < plain.length; length++) {
            refusal(Zstd.compress(Arrays.copyOf(plain, length)));
        }
        var random = new Random(1);
        for (var round = 0; round < 5000; round++) {
            var changed = plain.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            try {
                assertTrue(parse(Zstd.compress(changed)).records().size() <= 1);
            } catch (ProblemException e) {
                assertEquals(Code.REPODATA_INVALID, e.problem().code());
            }
        }
    }
}
