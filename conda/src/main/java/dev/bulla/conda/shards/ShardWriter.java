package dev.bulla.conda.shards;

import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.name.Excerpt;
import dev.bulla.conda.repodata.RepodataRevision;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sorts the entries of a shard into its maps and writes them. */
final class ShardWriter {
    private final MessagePackWriter out;
    private final RecordWriter records;
    private final EnumMap<ArchiveType, SortedMap<String, Shard.Entry>> legacy = maps();
    private final EnumMap<ArchiveType, SortedMap<String, Shard.Entry>> v3 = maps();

    ShardWriter(int expectedBytes) {
        out = new MessagePackWriter(expectedBytes);
        records = new RecordWriter(out);
    }

    private static EnumMap<ArchiveType, SortedMap<String, Shard.Entry>> maps() {
        var maps = new EnumMap<ArchiveType, SortedMap<String, Shard.Entry>>(ArchiveType.class);
        for (var type : ArchiveType.values()) {
            maps.put(type, new TreeMap<>());
        }
        return maps;
    }

    byte[] write(Collection<Shard.Entry> entries, Collection<String> removed) {
        entries.forEach(this::sort);
        var hasV3 = v3.values().stream().anyMatch(map -> !map.isEmpty());
        out.map(hasV3 ? 4 : 3);
        legacy.forEach((type, map) -> write(type.section(), map));
        removed(removed);
        if (hasV3) {
            v3();
        }
        return Frame.compress(out);
    }

    private void sort(Shard.Entry entry) {
        var fileName = entry.fileName();
        var type = Arrays.stream(ArchiveType.values())
                .filter(candidate -> fileName.endsWith(candidate.extension()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Excerpt.of(fileName) + " is no archive's name"));
        var stem = fileName.substring(0, fileName.length() - type.extension().length());
        var before =
                switch (RepodataRevision.of(entry.record())) {
                    case LEGACY -> mapOf(legacy, type).put(fileName, entry);
                    case V3 -> mapOf(v3, type).put(stem, entry);
                };
        if (before != null) {
            throw new IllegalArgumentException(Excerpt.of(fileName) + " is there twice");
        }
    }

    private void write(String section, SortedMap<String, Shard.Entry> map) {
        out.string(section);
        out.map(map.size());
        map.forEach((key, entry) -> {
            out.string(key);
            records.write(entry.record(), entry.runExports());
        });
    }

    private void removed(Collection<String> removed) {
        var sorted = new TreeSet<>(removed);
        out.string("removed");
        out.array(sorted.size());
        sorted.forEach(out::string);
    }

    /** Both maps, in the order of their names: conda, tar.bz2. */
    private void v3() {
        out.string("v3");
        out.map(ArchiveType.values().length);
        write("conda", mapOf(v3, ArchiveType.CONDA));
        write("tar.bz2", mapOf(v3, ArchiveType.TAR_BZ2));
    }

    private static SortedMap<String, Shard.Entry> mapOf(
            EnumMap<ArchiveType, SortedMap<String, Shard.Entry>> maps, ArchiveType type) {
        return Objects.requireNonNull(maps.get(type));
    }
}
