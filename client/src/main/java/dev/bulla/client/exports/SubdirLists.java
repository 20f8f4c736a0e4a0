package dev.bulla.client.exports;

import com.github.luben.zstd.ZstdInputStream;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.repodata.RepodataLimits;
import dev.bulla.conda.repodata.RepodataReader;
import dev.bulla.conda.repodata.RepodataVisitor;
import dev.bulla.conda.shards.Shard;
import dev.bulla.conda.shards.ShardIndex;
import dev.bulla.conda.shards.ShardLimits;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The lists of a subdir, held against each other: a server makes some of them later than others.
 *
 * @param aside where they are
 * @param snapshot which of them there are
 * @param paths how they are called
 * @param subdir whose lists
 */
record SubdirLists(Tree aside, Snapshot snapshot, ExportPaths paths, Subdir subdir) {
    private static final Set<String> SHARD_FOLDER = Set.of("./shards/", "shards/");
    private static final Set<String> BESIDE = Set.of("", ".", "./");
    private static final String ZSTD = ".zst";

    /** Where shards come from. */
    interface Shards {
        /** Brings those at these paths with these digests here; false when the channel no longer has one of them. */
        boolean bring(Map<String, String> sha256ByPath);

        /** The bytes of one that was brought. */
        byte[] bytes(String path);
    }

    /**
     * What all lists say.
     *
     * @param artifacts by file name
     * @param shards their paths
     */
    record Agreed(Map<String, Listed> artifacts, Set<String> shards) {}

    /**
     * Reads them; empty while they do not agree.
     *
     * @throws ProblemException when what they say could be no file here: NAME_INVALID, REPODATA_INVALID, RECORD_MISMATCH
     */
    Optional<Agreed> read(Shards source) {
        var json = path("", "repodata.json");
        if (!snapshot.has(json)) {
            var none = paths.lists(subdir).stream().noneMatch(snapshot::has);
            return none ? Optional.of(new Agreed(Map.of(), Set.of())) : Optional.empty();
        }
        var artifacts = new LinkedHashMap<String, Listed>();
        records(json, artifacts::put);
        if (!compressedAreTheSame() || !listsTheSame(artifacts)) {
            return Optional.empty();
        }
        var index = path("", ExportPaths.SHARDS);
        return snapshot.has(index)
                ? withShards(index, artifacts, source)
                : Optional.of(new Agreed(artifacts, Set.of()));
    }

    private String path(String view, String name) {
        return paths.folder(view, subdir) + name;
    }

    /** A file name and what its record says. */
    @FunctionalInterface
    private interface Records {
        void take(String fileName, Listed listed);
    }

    private void records(String path, Records records) {
        reading(path, () -> {
            try (var in = aside.open(path)) {
                RepodataReader.read(in, RepodataLimits.DEFAULT, new RepodataVisitor() {
                    @Override
                    public void record(ArchiveType section, String fileName, byte[] json) {
                        records.take(fileName, Listed.of(subdir.text(), fileName, json));
                    }
                });
            }
            return path;
        });
    }

    private boolean listsTheSame(Map<String, Listed> artifacts) {
        var libmamba = path(ExportPaths.LIBMAMBA, "repodata.json");
        if (!snapshot.has(libmamba)) {
            return false;
        }
        var comparison = new Comparison(artifacts);
        records(libmamba, comparison::take);
        return comparison.isSame();
    }

    /** Counts the records that are as in the first list. */
    private static final class Comparison {
        private final Map<String, Listed> expected;
        private int same;
        private int other;

        Comparison(Map<String, Listed> expected) {
            this.expected = expected;
        }

        void take(String fileName, Listed listed) {
            if (listed.equals(expected.get(fileName))) {
                same++;
            } else {
                other++;
            }
        }

        boolean isSame() {
            return other == 0 && same == expected.size();
        }
    }

    private boolean compressedAreTheSame() {
        return paths.lists(subdir).stream()
                .filter(path -> path.endsWith(".json" + ZSTD) && snapshot.has(path))
                .allMatch(this::isTheSameUnpacked);
    }

    private boolean isTheSameUnpacked(String compressed) {
        var plain = compressed.substring(0, compressed.length() - ZSTD.length());
        return snapshot.has(plain) && unpackedSha256(compressed).equals(snapshot.sha256(plain));
    }

    private String unpackedSha256(String path) {
        return reading(path, () -> {
            try (var in = new BufferedInputStream(new ZstdInputStream(aside.open(path)))) {
                return Sha256.of(new Bounded(in, path));
            }
        });
    }

    private Optional<Agreed> withShards(String path, Map<String, Listed> artifacts, Shards source) {
        var shards = new TreeMap<String, String>();
        index(path).shards().forEach((_, hash) -> {
            var sha256 = HexFormat.of().formatHex(hash);
            shards.put(path("", "shards/" + sha256 + ".msgpack.zst"), sha256);
        });
        if (!source.bring(shards)) {
            return Optional.empty();
        }
        var comparison = new Comparison(artifacts);
        var all = new LinkedHashMap<>(artifacts);
        for (var shard : shards.keySet()) {
            var read = Shard.parse(source.bytes(shard), ShardLimits.DEFAULT);
            read.records().forEach((file, json) -> comparison.take(file, listed(file, json)));
            read.v3().forEach((file, json) -> all.put(file, listed(file, json)));
        }
        return comparison.isSame() ? Optional.of(new Agreed(all, shards.keySet())) : Optional.empty();
    }

    private Listed listed(String fileName, JsonMembers record) {
        return Listed.of(subdir.text(), fileName, record.utf8());
    }

    private ShardIndex index(String path) {
        var index = ShardIndex.parse(aside.bytes(path), ShardLimits.DEFAULT);
        if (!index.subdir().equals(subdir)
                || !BESIDE.contains(index.baseUrl())
                || !SHARD_FOLDER.contains(index.shardsBaseUrl())) {
            throw new ProblemException(
                    Code.RECORD_MISMATCH, path + " leads to other places than shards/ and the folder that it is in");
        }
        return index;
    }

    /** As much as is read of any index. */
    private static final class Bounded extends InputStream {
        private final InputStream in;
        private final String path;
        private long left = RepodataLimits.DEFAULT.totalBytes();

        Bounded(InputStream in, String path) {
            this.in = in;
            this.path = path;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            var count = in.read(bytes, offset, length);
            left -= Math.max(0, count);
            if (left < 0) {
                throw new ProblemException(Code.REPODATA_INVALID, path + " unpacks to more than any index has");
            }
            return count;
        }
    }

    /** Something that reads a file. */
    @FunctionalInterface
    private interface Reading<T> {
        T run() throws IOException;
    }

    private static <T> T reading(String path, Reading<T> reading) {
        try {
            return reading.run();
        } catch (IOException e) {
            throw new ProblemException(Code.REPODATA_INVALID, path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
