package dev.bulla.client.update;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;

/** Files that are either wholly the old or wholly the new one, also after a crash; problems are DISK_ERROR. */
public final class DurableFile {
    private DurableFile() {}

    /** The content of a file of at most {@code maxBytes}; empty when there is none. */
    public static Optional<byte[]> read(Path file, int maxBytes) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new ProblemException(Code.DISK_ERROR, file + " has more than " + maxBytes + " bytes");
            }
            return Optional.of(bytes);
        } catch (IOException e) {
            throw failed("read", file, e);
        }
    }

    /** Writes a file and its folder: temporary file, fsync, rename, fsync of the folder. Keeps the old file's permissions and follows a link. */
    public static void write(Path file, byte[] content) {
        write(file, content, "rw-r--r--", false);
    }

    /** The same, for a file that holds a secret: nobody but its owner may read it, whoever might before. */
    public static void writePrivate(Path file, byte[] content) {
        write(file, content, "rw-------", true);
    }

    private static void write(Path file, byte[] content, String permissions, boolean always) {
        try {
            var target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
            var folder = folderOf(target);
            Files.createDirectories(folder);
            var temporary = Files.createTempFile(folder, ".bulla-", ".tmp");
            try {
                writeAll(temporary, content);
                setPermissions(temporary, target, permissions, always);
                move(temporary, target);
            } finally {
                Files.deleteIfExists(temporary);
            }
            syncFolder(folder);
        } catch (IOException e) {
            throw failed("write", file, e);
        }
    }

    /** Deletes a file, if it is there. */
    public static void delete(Path file) {
        try {
            if (Files.deleteIfExists(file)) {
                syncFolder(folderOf(file));
            }
        } catch (IOException e) {
            throw failed("delete", file, e);
        }
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    }

    private static void writeAll(Path file, byte[] content) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void setPermissions(Path temporary, Path old, String permissions, boolean always)
            throws IOException {
        var view = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
        if (view == null) {
            return; // no such permissions on this system
        }
        view.setPermissions(
                !always && Files.exists(old, LinkOption.NOFOLLOW_LINKS)
                        ? Files.getPosixFilePermissions(old)
                        : PosixFilePermissions.fromString(permissions));
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system cannot replace a file in one step", e);
        }
    }

    /** Makes the names of files in a folder durable that have come or gone. */
    public static void syncFolder(Path folder) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return; // a folder cannot be opened there; the rename itself is journalled
        }
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static ProblemException failed(String verb, Path file, IOException e) {
        var reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new ProblemException(Code.DISK_ERROR, "cannot " + verb + " " + file + ": " + reason, e);
    }
}
