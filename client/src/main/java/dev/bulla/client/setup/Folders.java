package dev.bulla.client.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Folders that come into being with a file, and go with it. */
final class Folders {
    private Folders() {}

    /** How many of this folder and those above it, below {@code top}, are not there yet. */
    static int missing(Path folder, Path top) {
        var missing = 0;
        for (var at = folder; !at.equals(top) && !Files.exists(at); at = parent(at)) {
            missing++;
        }
        return missing;
    }

    /** Takes away this folder and those above it, as many as were made. */
    static List<Plan.Change> removal(Path folder, int made) {
        var changes = new ArrayList<Plan.Change>();
        var at = folder;
        for (var i = 0; i < made; i++, at = parent(at)) {
            changes.add(new Plan.DeleteFolder(at, "a folder made by the setup, if it is empty"));
        }
        return changes;
    }

    private static Path parent(Path folder) {
        return Objects.requireNonNull(folder.getParent(), "below the prefix");
    }
}
