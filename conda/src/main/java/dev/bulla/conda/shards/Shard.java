package dev.bulla.conda.shards;

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
        var collected = new Collected();
        try {
            read(bytes, limits, collected);
        } catch (InvalidMessagePackException | InvalidJsonException e) {
            throw invalid(e);
        }
        return new Shard(collected.records, collected.v3, List.copyOf(collected.removed));
    }

    /**
     * Reads a shard and holds no more than one record of it at a time.
     *
     * @throws ProblemException {@code repodata_invalid} if it is none, after the visitor heard what comes before
     */
    public static void read(byte[] bytes, ShardLimits limits, ShardVisitor visitor) {
        try {
            ShardReader.read(bytes, limits, visitor);
        } catch (InvalidMessagePackException e) {
            throw invalid(e);
        }
    }

    private static ProblemException invalid(RuntimeException e) {
        return new ProblemException(Code.REPODATA_INVALID, "the shard: " + e.getMessage(), e);
    }

    private static final class Collected implements ShardVisitor {
        private final TreeMap<String, JsonMembers> records = new TreeMap<>();
        private final TreeMap<String, JsonMembers> v3 = new TreeMap<>();
        private final TreeSet<String> removed = new TreeSet<>();

        @Override
        public void record(ArchiveType section, String fileName, byte[] json) {
            if (!fileName.endsWith(section.extension())) {
                throw new InvalidMessagePackException(
                        section.section() + " lists a file that is no " + section.extension());
            }
            put(records, fileName, json);
        }

        @Override
        public void revision3(String kind, String key, byte[] json) {
            if (kind.equals("conda") || kind.equals("tar.bz2")) {
                put(v3, key + "." + kind, json);
            }
        }

        @Override
        public void removed(String fileName) {
            removed.add(fileName);
        }

        private static void put(SortedMap<String, JsonMembers> map, String fileName, byte[] json) {
            if (map.put(fileName, JsonMembers.parse(json, JsonBounds.SMALL)) != null) {
                throw new InvalidMessagePackException("a file is there twice");
            }
        }
    }
}
