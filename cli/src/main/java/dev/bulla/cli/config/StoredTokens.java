package dev.bulla.cli.config;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;

/**
 * The tokens that {@code bulla login} keeps: one file per server, readable by its owner only. A file is named after the
 * server's scheme, host and port, and holds the token and nothing else; it is sent to that origin and to no other.
 */
public final class StoredTokens {
    private final Path folder;

    /** The tokens below the user's configuration folder. */
    public StoredTokens(Path userFolder) {
        this.folder = userFolder.resolve("tokens");
    }

    /** Where the token of a server is kept. */
    public Path file(URI server) {
        int port = server.getPort() != -1 ? server.getPort() : "https".equals(server.getScheme()) ? 443 : 80;
        String host = String.valueOf(server.getHost()).toLowerCase(Locale.ROOT).replace(':', '_');
        return folder.resolve(server.getScheme() + "_" + host + "_" + port);
    }

    /** The token of a server, if there is one. */
    public Optional<Value> find(URI server) {
        Path file = file(server);
        return Files.exists(file) ? Optional.of(SecretFile.read(file)) : Optional.empty();
    }

    /** Keeps a token in place of an earlier one. */
    public void store(URI server, String token) {
        Path file = file(server);
        try {
            Files.createDirectories(folder);
            boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (posix) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            Path fresh = posix
                    ? Files.createTempFile(
                            folder,
                            "new",
                            "",
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                    : Files.createTempFile(folder, "new", "");
            Files.write(
                    fresh, (token + "\n").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.TRUNCATE_EXISTING);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "cannot keep the token in " + file + ": " + e, e);
        }
    }
}
