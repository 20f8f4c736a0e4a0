package dev.bulla.channel.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The disk would not do what it was told. */
public final class DiskException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What operating systems say when there is no room, for all, for one owner, or for one file. */
    private static final List<String> FULL = List.of(
            "No space left on device",
            "Disk quota exceeded",
            "File too large",
            "There is not enough space on the disk");

    /** So little that nothing can be kept in it, whatever words a system has for that. */
    private static final long NOTHING_BYTES = 64 << 10;

    private final boolean full;

    DiskException(Path file, IOException cause) {
        super(file + ": " + words(cause), cause);
        this.full = isFull(file, cause);
    }

    /** Whether it is because there is no room. */
    public boolean isFull() {
        return full;
    }

    /** The JDK says some of it in the exception's class only. */
    private static @Nullable String words(IOException cause) {
        return switch (cause) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "there is no such file or folder";
            case FileAlreadyExistsException _ -> "there is a file of this name in the way";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> cause.getMessage();
        };
    }

    private static boolean isFull(Path file, IOException cause) {
        var message = String.valueOf(cause.getMessage());
        return FULL.stream().anyMatch(message::contains) || hasNoRoom(file);
    }

    private static boolean hasNoRoom(Path file) {
        try {
            return Files.getFileStore(Folders.parent(file)).getUsableSpace() < NOTHING_BYTES;
        } catch (IOException _) {
            return false; // the disk does not even say that, so it is not the room that is missing
        }
    }
}
