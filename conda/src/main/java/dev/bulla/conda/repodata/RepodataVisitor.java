package dev.bulla.conda.repodata;

import dev.bulla.conda.name.ArchiveType;

/**
 * What an index contains, in the order in which it stands there. The bytes are those of the file, from the first to the
 * last of the value; they are well-formed JSON, but names within them may repeat, and a file name may be any string.
 */
public interface RepodataVisitor {
    /** The member {@code info}. */
    default void info(byte[] json) {}

    /** One record of the map for this archive type. */
    void record(ArchiveType section, String fileName, byte[] json);

    /** One entry of {@code signatures}: who signed the record of this file. */
    default void signatures(String fileName, byte[] json) {}

    /** One name in the list {@code removed}. */
    default void removed(String fileName) {}

    /** Any other member, and those above where they are not of their usual kind. */
    default void other(String name, byte[] json) {}
}
