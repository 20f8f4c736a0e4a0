package dev.bulla.conda.index;

import java.nio.file.Path;

/**
 * A file that was written.
 *
 * @param path where it is
 * @param sizeBytes its length
 * @param sha256 its digest in lower-case hexadecimal
 */
public record IndexFile(Path path, long sizeBytes, String sha256) {}
