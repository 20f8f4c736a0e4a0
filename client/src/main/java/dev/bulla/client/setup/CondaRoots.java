package dev.bulla.client.setup;

import dev.bulla.client.fetch.Limit;
import dev.bulla.client.update.DurableFile;
import dev.bulla.client.update.FirstRoot;
import dev.bulla.client.update.Pin;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code etc/conda} of a prefix: conda believes the root file with the highest number there without a question, so every
 * file that it could take for a root must follow from ours.
 */
final class CondaRoots {
    private static final String KEY_MGR = "key_mgr.json";

    /** What conda takes for a root: it does not look at the end of the name. */
    private static final Pattern TAKEN_FOR_ROOT = Pattern.compile("[0-9]+\\.root\\.json.*");

    private final Path folder;

    CondaRoots(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    Path file(int version) {
        return folder.resolve(version + ".root.json");
    }

    boolean isInstalled(FirstRoot root) {
        return read(file(1)).filter(bytes -> Arrays.equals(bytes, root.bytes())).isPresent();
    }

    /** The root files from 2 on, in order, without a gap. */
    List<byte[]> later() {
        var later = new ArrayList<byte[]>();
        for (var bytes = read(file(2)); bytes.isPresent(); bytes = read(file(later.size() + 2))) {
            later.add(bytes.get());
        }
        return later;
    }

    /** Refuses whatever conda would believe and what does not follow from this root. */
    void requireFree(FirstRoot root) {
        var installed = isInstalled(root);
        if (!installed && read(file(1)).isPresent()) {
            throw conflict(file(1), "another first root is installed; its owner must take it away first");
        }
        if (!installed && Files.exists(folder.resolve(KEY_MGR))) {
            throw conflict(folder.resolve(KEY_MGR), "it belongs to another root, and conda would fall back on it");
        }
        var later = later();
        var others = installed ? others() : takenForRoot();
        if (!others.isEmpty()) {
            throw conflict(
                    others.getFirst(), "conda would take it for the newest root, and it does not follow from this one");
        }
        try {
            root.requireFollowedBy(later);
        } catch (ProblemException e) {
            throw conflict(
                    file(later.size() + 1),
                    "it does not follow from the first root: " + e.problem().detail());
        }
    }

    /** What conda could take for the newest root, and what is none of 1, 2, 3, … without a gap. */
    List<Path> others() {
        var highest = later().size() + 1;
        return takenForRoot().stream()
                .filter(file -> !isNumbered(file, highest))
                .toList();
    }

    /** What to take away: the first root and whatever conda has fetched because of it. */
    List<Plan.Change> removal(String rootSha256) {
        var first = read(file(1));
        if (first.isEmpty()) {
            return List.of();
        }
        FirstRoot.of(first.get(), new Pin.Digest(rootSha256)).requireFollowedBy(later());
        var changes = new ArrayList<Plan.Change>();
        for (var version = later().size() + 1; version >= 1; version--) {
            changes.add(new Plan.Delete(file(version), version == 1 ? "the first root" : "a root that conda fetched"));
        }
        if (Files.exists(folder.resolve(KEY_MGR))) {
            changes.add(new Plan.Delete(folder.resolve(KEY_MGR), "the key_mgr file that conda fetched"));
        }
        return changes;
    }

    private List<Path> takenForRoot() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> TAKEN_FOR_ROOT
                            .matcher(file.getFileName().toString())
                            .matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private boolean isNumbered(Path file, int highest) {
        for (var version = 1; version <= highest; version++) {
            if (file.equals(file(version))) {
                return true;
            }
        }
        return false;
    }

    private static Optional<byte[]> read(Path file) {
        return DurableFile.read(file, (int) Limit.ROLE.maxBytes());
    }

    private static ProblemException conflict(Path file, String why) {
        return new ProblemException(Code.SETUP_CONFLICT, file + " is in the way: " + why);
    }
}
