package dev.bulla.conda.shards;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardIndexTest {
    private static final Instant AT = Instant.parse("2026-08-22T07:31:45Z");

    /** An empty index as another indexer writes it: no version, other order, nanoseconds. */
    private static final String FOREIGN = "82a4696e666f84a6737562646972a66e6f61726368a8626173655f75726ca0"
            + "af7368617264735f626173655f75726ca92e2f7368617264732f"
            + "aa637265617465645f6174be323032362d30382d32325430373a33313a34352e3130393639383634365a"
            + "a673686172647380";

    private static byte[] hash(int of) {
        var hash = new byte[ShardMap.HASH_LENGTH];
        new Random(of).nextBytes(hash);
        return hash;
    }

    private static byte[] encode(ShardMap shards) {
        return ShardIndex.encode(Subdir.NOARCH, AT, "", "./shards/", shards);
    }

    private static ShardIndex parse(byte[] bytes) {
        return ShardIndex.parse(bytes, ShardLimits.DEFAULT);
    }

    private static String refusalOf(String hex) {
        var bytes = Zstd.compress(HexFormat.of().parseHex(hex));
        var refused = assertThrows(ProblemException.class, () -> parse(bytes));
        assertEquals(Code.REPODATA_INVALID, refused.problem().code());
        return refused.problem().detail();
    }

    @Test
    void the_index_of_an_empty_subdir_has_these_bytes() {
        var expected = "83a4696e666f84a8626173655f75726ca0"
                + "aa637265617465645f6174b4323032362d30382d32325430373a33313a34355a"
                + "af7368617264735f626173655f75726ca92e2f7368617264732f"
                + "a6737562646972a66e6f61726368"
                + "a673686172647380a776657273696f6e01";
        var bytes = encode(ShardMap.EMPTY);
        assertEquals(expected, HexFormat.of().formatHex(Frame.decompress(bytes, 1 << 10, 27)));
        assertEquals(new ShardIndex(Subdir.NOARCH, "", "./shards/", AT, false, ShardMap.EMPTY), parse(bytes));
    }

    @Test
    void the_frame_has_its_content_size_and_no_checksum() {
        var bytes = encode(ShardMap.EMPTY);
        assertEquals(Frame.decompress(bytes, 1 << 10, 27).length, Zstd.getFrameContentSize(bytes));
        assertEquals(0, bytes[4] & 4);
    }

    @Test
    void an_index_of_another_indexer_is_read() {
        var bytes = HexFormat.of().parseHex(FOREIGN);
        assertEquals(107, bytes.length);
        var at = Instant.parse("2026-08-22T07:31:45.109698646Z");
        assertEquals(
                new ShardIndex(Subdir.NOARCH, "", "./shards/", at, false, ShardMap.EMPTY), parse(Zstd.compress(bytes)));
    }

    @Test
    void an_index_of_17000_names_is_read_back() {
        var hashes = new TreeMap<String, byte[]>();
        for (var i = 0; i < 17_000; i++) {
            hashes.put("package-" + i, hash(i));
        }
        var shards = ShardMap.of(hashes);
        assertEquals(17_000, shards.size());
        assertEquals(shards, parse(encode(shards)).shards());
        assertArrayEquals(encode(shards), encode(ShardMap.of(hashes)));
    }

    @Test
    void a_map_is_changed_by_copies() {
        var one = ShardMap.of(Map.of("b", hash(1), "d", hash(2)));
        var more = one.with("a", hash(3)).with("c", hash(4)).with("e", hash(5)).with("b", hash(6));
        assertEquals(List.of("b", "d"), one.names());
        assertArrayEquals(hash(1), one.hash("b").orElseThrow());
        assertEquals(List.of("a", "b", "c", "d", "e"), more.names());
        assertArrayEquals(hash(6), more.hash("b").orElseThrow());
        assertArrayEquals(hash(5), more.hash("e").orElseThrow());
        assertEquals(one, more.without("a").without("c").without("e").with("b", hash(1)));
        assertEquals(one, one.without("x"));
        assertTrue(more.hash("x").isEmpty());
    }

    @Test
    void many_changes_give_what_a_plain_map_gives() {
        var random = new Random(7);
        var plain = new TreeMap<String, byte[]>();
        var shards = ShardMap.EMPTY;
        for (var round = 0; round < 300; round++) {
            var changes = new TreeMap<String, Optional<byte[]>>();
            for (var i = random.nextInt(5); i >= 0; i--) {
                changes.put(
                        "n" + random.nextInt(60), random.nextInt(3) == 0 ? Optional.empty() : Optional.of(hash(round)));
            }
            shards = shards.changed(changes);
            changes.forEach(
                    (name, hash) -> hash.ifPresentOrElse(bytes -> plain.put(name, bytes), () -> plain.remove(name)));
            assertEquals(ShardMap.of(plain), shards);
            assertEquals(List.copyOf(plain.keySet()), shards.names());
        }
    }

    @Test
    void a_digest_of_another_length_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> ShardMap.EMPTY.with("a", new byte[31]));
        var whole = HexFormat.of().formatHex(Frame.decompress(encode(ShardMap.of(Map.of("a", hash(1)))), 1 << 10, 27));
        assertTrue(refusalOf(whole.replace("81a161c420", "81a161c41f")).contains("has 31 bytes"));
    }

    @Test
    void a_name_that_is_there_twice_is_refused() {
        var digest = "c420" + "00".repeat(32);
        assertTrue(refusalOf(FOREIGN.substring(0, FOREIGN.length() - 2) + "82a161" + digest + "a161" + digest)
                .contains("is there twice"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a6737562646972a66e6f61726368",
                "a8626173655f75726ca0",
                "af7368617264735f626173655f75726ca92e2f7368617264732f"
            })
    void an_index_without_what_clients_need_is_refused(String member) {
        assertTrue(refusalOf(FOREIGN.replace("696e666f84", "696e666f83").replace(member, ""))
                .contains("is missing"));
    }

    @Test
    void an_index_without_shards_is_refused() {
        assertTrue(refusalOf("80").contains("shards is missing"));
    }

    @Test
    void an_index_of_another_version_is_refused() {
        assertTrue(refusalOf("81a776657273696f6e02").contains("version is 2"));
    }

    @Test
    void an_index_over_the_limit_is_refused() {
        var bytes = encode(ShardMap.EMPTY);
        var length = Frame.decompress(bytes, 1 << 10, 27).length;
        assertEquals(
                ShardMap.EMPTY,
                ShardIndex.parse(bytes, new ShardLimits(length, 1, 1 << 16)).shards());
        assertThrows(
                ProblemException.class, () -> ShardIndex.parse(bytes, new ShardLimits(length - 1, 1 << 20, 1 << 16)));
    }

    @Test
    void an_index_that_is_cut_off_is_refused() {
        var plain = Frame.decompress(encode(ShardMap.of(Map.of("a", hash(1)))), 1 << 10, 27);
        for (var length = 0; length < plain.length; length++) {
            refusalOf(HexFormat.of().formatHex(Arrays.copyOf(plain, length)));
        }
    }
}
