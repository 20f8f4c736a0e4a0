package dev.bulla.client.imports;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Subdir;
import org.jspecify.annotations.Nullable;

/**
 * A package of the channel that is imported.
 *
 * @param subdir where it is
 * @param name its file name
 * @param sizeBytes how long it is; what an index says where the bytes are not here yet, 0 when it says nothing
 * @param sha256 what an index says, where the file is to be downloaded
 */
public record SourceFile(
        Subdir subdir,
        ArchiveName name,
        long sizeBytes,
        @Nullable String sha256) {
    /** {@code SUBDIR/FILE}. */
    public String path() {
        return subdir + "/" + name;
    }
}
