package dev.bulla.conda.index;

import java.nio.file.Path;

/**
 * A file that was written.
 *
 * @param path where it is
 * @param sizeBytes its length
 * @param sha256 its digest in lower-case hexadecimal
 */
public record IndexFile(Path path, long sizeBytes, String sha256) {
    /** The same in another folder. */
    IndexFile movedTo(Path folder) {
        return new IndexFile(folder.resolve(path.getFileName()), sizeBytes, sha256);
    }
}
