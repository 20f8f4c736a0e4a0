package dev.bulla.cli.slow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;
import dev.bulla.cli.slow.Changes.Unit;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.repodata.RepodataLimits;
import dev.bulla.conda.repodata.RepodataReader;
import dev.bulla.conda.repodata.RepodataVisitor;
import dev.bulla.conda.shards.Shard;
import dev.bulla.conda.shards.ShardIndex;
import dev.bulla.conda.shards.ShardLimits;
import dev.bulla.conda.shards.ShardMap;
import dev.bulla.testkit.Packages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/**
 * What all readers have seen, so that each thing that was ever read is compared with every other: bytes with bytes of the
 * same tag, records with records of the same file in another form, lists with the changes that were made. Safe to share.
 */
final class SeenIndexes {
    /** File → its record; a record never changes, whatever form it is read in. */
    private final Map<String, String> records = new ConcurrentHashMap<>();

    /** View and file → signatures. */
    private final Map<String, String> signatures = new ConcurrentHashMap<>();

    /** Tag → address, coding and digest of what came with it. */
    private final Map<String, String> tagged = new ConcurrentHashMap<>();

    /** Address and digest of a body that was read and found right → the change it was made after. */
    private final Map<String, Integer> changes = new ConcurrentHashMap<>();

    /** Digest → shard that was read and found right. */
    private final Map<String, Shard> shards = new ConcurrentHashMap<>();

    private static void same(Map<String, String> all, String key, String value) {
        var before = all.putIfAbsent(key, value);
        if (before != null && !before.equals(value)) {
            throw new AssertionError(key + " was\n" + before + "\nand is\n" + value);
        }
    }

    /** A tag belongs to one address, one coding and the same bytes always. */
    void tag(String tag, String path, String coding, String sha256) {
        same(tagged, tag, path + " " + coding + " " + sha256);
    }

    /** How many different bodies of lists and shard indexes were read. */
    int bodies() {
        return changes.size();
    }

    /** A list of the whole unit; returns the change it was made after. */
    int list(Unit unit, String path, String coding, byte[] body, String sha256) throws IOException {
        var key = path + " " + sha256;
        var known = changes.get(key);
        if (known != null) {
            return known;
        }
        var plain = path.endsWith(".zst") || coding.equals("zstd")
                ? unpacked(body)
                : coding.equals("gzip") ? unzipped(body) : body;
        var change = path.contains("run_exports.json") ? runExports(unit, plain) : repodata(unit, path, plain);
        changes.put(key, change);
        return change;
    }

    private int repodata(Unit unit, String path, byte[] json) throws IOException {
        var listed = new TreeSet<String>();
        var signed = new TreeSet<String>();
        var removed = new TreeSet<String>();
        var view = path.contains("/libmamba/") ? "libmamba " : "conda ";
        RepodataReader.read(new ByteArrayInputStream(json), RepodataLimits.DEFAULT, new RepodataVisitor() {
            @Override
            public void record(ArchiveType section, String fileName, byte[] record) {
                assertTrue(listed.add(fileName), fileName);
                same(records, fileName, new String(record, UTF_8));
            }

            @Override
            public void signatures(String fileName, byte[] entries) {
                signed.add(fileName);
                same(signatures, view + fileName, new String(entries, UTF_8));
            }

            @Override
            public void removed(String fileName) {
                assertTrue(removed.add(fileName), fileName);
            }
        });
        assertEquals(listed, signed, "a signature for each record");
        return unit.changeOf(listed, removed);
    }

    /** What each file exports; what was removed is in no list of it. */
    private static int runExports(Unit unit, byte[] json) throws IOException {
        var listed = new TreeSet<String>();
        RepodataReader.read(new ByteArrayInputStream(json), RepodataLimits.DEFAULT, new RepodataVisitor() {
            @Override
            public void record(ArchiveType section, String fileName, byte[] exports) {
                assertEquals("{\"run_exports\":{\"weak\":[\"p\"]}}", new String(exports, UTF_8), fileName);
                assertTrue(listed.add(fileName), fileName);
            }
        });
        return unit.changeOf(listed);
    }

    /** The shards that an index names, which the reader gets where nobody has; returns the change it was made after. */
    int shardIndex(Unit unit, byte[] body, String sha256, ShardSource source) throws IOException, InterruptedException {
        var key = unit + " " + sha256;
        var known = changes.get(key);
        if (known != null) {
            return known;
        }
        var listed = new TreeSet<String>();
        var removed = new TreeSet<String>();
        for (var named : digests(body).entrySet()) {
            var shard = shard(named.getValue(), source);
            for (var fileName : shard.records().keySet()) {
                assertTrue(fileName.startsWith(named.getKey() + "-"), fileName);
                listed.add(fileName);
            }
            removed.addAll(shard.removed());
        }
        var change = unit.changeOf(listed, removed);
        changes.put(key, change);
        return change;
    }

    /** Package name → digest of its shard. */
    static SequencedMap<String, String> digests(byte[] index) {
        ShardMap hashes = ShardIndex.parse(index, ShardLimits.DEFAULT).shards();
        var digests = new TreeMap<String, String>();
        hashes.forEach((name, hash) -> digests.put(name, HexFormat.of().formatHex(hash)));
        return digests;
    }

    private Shard shard(String sha256, ShardSource source) throws IOException, InterruptedException {
        var known = shards.get(sha256);
        return known == null ? shard(sha256, source.get(sha256)) : known;
    }

    /** A shard is what its name says, and has the records that the lists have. */
    Shard shard(String sha256, byte[] body) {
        assertEquals(sha256, Packages.sha256(body));
        var known = shards.get(sha256);
        if (known != null) {
            return known;
        }
        var shard = Shard.parse(body, ShardLimits.DEFAULT);
        shard.records().forEach((fileName, record) -> {
            assertEquals("{\"weak\":[\"p\"]}", record.text("run_exports").orElseThrow(), fileName);
            same(
                    records,
                    fileName,
                    new String(record.without(List.of("run_exports")).utf8(), UTF_8));
        });
        shards.put(sha256, shard);
        return shard;
    }

    /** Where shards come from. */
    @FunctionalInterface
    interface ShardSource {
        byte[] get(String sha256) throws IOException, InterruptedException;
    }

    private static byte[] unpacked(byte[] zst) throws IOException {
        try (var in = new ZstdInputStream(new ByteArrayInputStream(zst))) {
            return in.readAllBytes();
        }
    }

    private static byte[] unzipped(byte[] gzip) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        }
    }
}
