package dev.bulla.conda.archive;

import org.jspecify.annotations.Nullable;

/**
 * What {@code info/paths.json} says about one path (CEP 34).
 *
 * @param path relative to the prefix
 * @param sha256 of the content, through a link that of the target
 * @param sizeBytes of the content, through a link that of the target
 */
record PathEntry(
        String path,
        Type type,
        @Nullable Sha256 sha256,
        @Nullable Long sizeBytes) {
    /** How a client shall make it. */
    enum Type {
        HARDLINK,
        SOFTLINK,
        DIRECTORY
    }
}
