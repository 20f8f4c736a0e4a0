package dev.bulla.channel;

import dev.bulla.channel.store.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Secrets of a data folder that others than its owner may read, as a copy from a backup often leaves them. */
final class Exposure {
    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private Exposure() {}

    /** A warning that names them, if there are any; none where the file system has no such modes. */
    static Optional<Warning> of(DataFolder data) throws IOException {
        var exposed = new ArrayList<String>();
        for (var secret : secrets(data)) {
            if (isOpen(secret)) {
                exposed.add(data.folder().relativize(secret).toString());
            }
        }
        return exposed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Warning(
                        "data folder",
                        "others than its owner may read or write " + String.join(", ", exposed)
                                + ": take that away with chmod go-rwx"));
    }

    private static List<Path> secrets(DataFolder data) throws IOException {
        var secrets = new ArrayList<Path>();
        secrets.add(data.adminToken());
        secrets.add(data.keys());
        try (var keys = Files.list(data.keys())) {
            keys.sorted().forEach(secrets::add);
        }
        return secrets;
    }

    private static boolean isOpen(Path file) throws IOException {
        return Files.exists(file)
                && file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains);
    }
}
