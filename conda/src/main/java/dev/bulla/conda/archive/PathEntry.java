package dev.bulla.conda.archive;

import org.jspecify.annotations.Nullable;

/**
 * What {@code info/paths.json} says about one path (CEP 34).
 *
 * @param path relative to the prefix
 * @param type {@code hardlink}, {@code softlink} or {@code directory}; {@code hardlink} if it does not say
 * @param sha256 of the content, through a link that of the target
 * @param sizeBytes of the content, through a link that of the target
 */
record PathEntry(
        String path,
        String type,
        @Nullable String sha256,
        @Nullable Long sizeBytes) {}
