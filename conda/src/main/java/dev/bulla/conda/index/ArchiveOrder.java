package dev.bulla.conda.index;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.PackageName;
import org.jspecify.annotations.Nullable;

/** Sees that the files told about a changed name are its own, ascend and are there once. */
final class ArchiveOrder {
    private @Nullable PackageName name;
    private String last = "";

    void begin(PackageName changed) {
        name = changed;
        last = "";
    }

    void check(ArchiveName archive) {
        if (!archive.name().equals(name)) {
            throw new IllegalArgumentException(archive + " is no file of " + name);
        }
        var fileName = archive.fileName();
        if (last.compareTo(fileName) >= 0) {
            throw new IllegalArgumentException(fileName + " does not come after " + last);
        }
        last = fileName;
    }
}
