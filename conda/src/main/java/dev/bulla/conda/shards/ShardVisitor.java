package dev.bulla.conda.shards;

import dev.bulla.conda.name.ArchiveType;

/** Hears what is in a shard, in the order in which it stands there. */
public interface ShardVisitor {
    /**
     * A record.
     *
     * @param section the map in which it stands; whether the file's name fits that is not checked
     * @param json the record in UTF-8, its digests as hexadecimal text
     */
    void record(ArchiveType section, String fileName, byte[] json);

    /** A record of CEP 48, in the map of this kind: {@code conda}, {@code tar.bz2}, {@code whl}, or a kind yet to come. */
    void revision3(String kind, String key, byte[] json);

    /** A name in {@code removed}: some clients drop its record. */
    void removed(String fileName);
}
