package dev.bulla.channel.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is done with folders, and who may read what is in them. */
public final class Folders {
    private Folders() {}

    /** Makes a folder that only its owner may enter, with its parents; one that is there stays as it is. */
    public static Path createPrivate(Path folder) throws IOException {
        Files.createDirectories(parent(folder));
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, attribute(folder, "rwx------"));
        }
        return folder;
    }

    /** Makes an empty file that only its owner may read; one that is there stays as it is. */
    static void createPrivateFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, ownerOnly(file));
        }
    }

    /** The folder that holds this file. */
    public static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file below the root");
    }

    /** Removes a folder and all that is in it; links are removed, not followed. */
    public static void deleteTree(Path folder) throws IOException {
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (NoSuchFileException _) {
            // It is gone already, which is what was wanted.
        }
    }

    static FileAttribute<?>[] ownerOnly(Path file) {
        return attribute(parent(file), "rw-------");
    }

    private static FileAttribute<?>[] attribute(Path place, String permissions) {
        var posix = place.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!posix) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
