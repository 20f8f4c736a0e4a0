package dev.bulla.conda.shards;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All records of one package name.
 *
 * @param records by file name, those in {@code packages} and {@code packages.conda}; digests are hexadecimal text here
 * @param v3 by file name, those that stand only in {@code v3}
 * @param removed file names that were taken out
 */
public record Shard(SortedMap<String, JsonMembers> records, SortedMap<String, JsonMembers> v3, List<String> removed) {
    private static final int RECORD_BYTES = 768;
    private static final List<String> LEGACY_SECTIONS =
            List.of(ArchiveType.TAR_BZ2.section(), ArchiveType.CONDA.section());

    /**
     * One archive in a shard.
     *
     * @param fileName of the archive, one with an extension of {@link ArchiveType}
     * @param record its record as JSON with sorted names, as in {@code repodata.json}
     * @param runExports its run exports as a JSON object, which the shard has in the record; null if it has none
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over to be written, never compared or changed
    public record Entry(String fileName, byte[] record, byte @Nullable [] runExports) {}

    /** Copies the collections. */
    public Shard {
        records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
        v3 = Collections.unmodifiableSortedMap(new TreeMap<>(v3));
        removed = List.copyOf(removed);
    }

    /** The bytes of a shard without removed archives. */
    public static byte[] encode(Collection<Entry> entries) {
        return encode(entries, List.of());
    }

    /**
     * The bytes of a shard: a function of these entries and removed file names, in whatever order they come.
     *
     * @throws InvalidJsonException if what an entry holds is no JSON object
     * @throws IllegalArgumentException if two entries have one file name, or one has no known extension
     */
    public static byte[] encode(Collection<Entry> entries, Collection<String> removed) {
        return new ShardWriter(entries.size() * RECORD_BYTES).write(entries, removed);
    }

    /**
     * The shard that these bytes are; unknown members are ignored, both legacy maps must be there.
     *
     * @throws ProblemException {@code repodata_invalid} if they are none
     */
    public static Shard parse(byte[] bytes, ShardLimits limits) {
        try {
            var in = new MessagePackReader(Frame.decompress(bytes, limits.shardBytes()));
            var shard = new Parts(in).shard();
            in.end();
            return shard;
        } catch (InvalidMessagePackException | InvalidJsonException e) {
            throw new ProblemException(Code.REPODATA_INVALID, "the shard: " + e.getMessage(), e);
        }
    }

    private static final class Parts {
        private final MessagePackReader in;
        private final TreeMap<String, JsonMembers> records = new TreeMap<>();
        private final TreeMap<String, JsonMembers> v3 = new TreeMap<>();
        private final TreeSet<String> removed = new TreeSet<>();
        private final TreeSet<String> seen = new TreeSet<>();

        Parts(MessagePackReader in) {
            this.in = in;
        }

        Shard shard() {
            var members = in.map();
            for (var i = 0; i < members; i++) {
                var name = in.string();
                if (!seen.add(name)) {
                    throw new InvalidMessagePackException("a member is there twice");
                }
                switch (name) {
                    case "packages" -> legacy(ArchiveType.TAR_BZ2);
                    case "packages.conda" -> legacy(ArchiveType.CONDA);
                    case "removed" -> removed();
                    case "v3" -> v3();
                    default -> in.skip();
                }
            }
            if (!seen.containsAll(LEGACY_SECTIONS)) {
                throw new InvalidMessagePackException("packages or packages.conda is missing");
            }
            return new Shard(records, v3, List.copyOf(removed));
        }

        private void legacy(ArchiveType type) {
            var members = in.map();
            for (var i = 0; i < members; i++) {
                var fileName = in.string();
                if (!fileName.endsWith(type.extension())) {
                    throw new InvalidMessagePackException(
                            type.section() + " lists a file that is no " + type.extension());
                }
                put(records, fileName);
            }
        }

        private void v3() {
            var members = in.map();
            for (var i = 0; i < members; i++) {
                var type = in.string();
                switch (type) {
                    case "conda", "tar.bz2" -> v3("." + type);
                    default -> in.skip();
                }
            }
        }

        private void v3(String extension) {
            var members = in.map();
            for (var i = 0; i < members; i++) {
                put(v3, in.string() + extension);
            }
        }

        private void put(SortedMap<String, JsonMembers> map, String fileName) {
            var record = JsonMembers.parse(in.json().getBytes(UTF_8), JsonBounds.SMALL);
            if (map.put(fileName, record) != null) {
                throw new InvalidMessagePackException("a file is there twice");
            }
        }

        private void removed() {
            var elements = in.array();
            for (var i = 0; i < elements; i++) {
                removed.add(in.string());
            }
        }
    }
}
