package dev.bulla.channel.store;

import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells whoever asked for something that the disk is why it was not done, without the paths of the server. */
public final class DiskTrouble {
    private static final Problem FULL =
            new Problem(Code.STORAGE_FULL, "the server's disk has no room left; nothing was lost, and reading goes on");

    private static final Problem FAILED =
            new Problem(Code.DISK_ERROR, "the server cannot write to its disk; nothing was lost, and reading goes on");

    private DiskTrouble() {}

    /** What the disk did; empty when something else failed. */
    public static Optional<Problem> of(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var problem = problem(cause);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<Problem> problem(Throwable cause) {
        return switch (cause) {
            case DiskException disk -> Optional.of(disk.isFull() ? FULL : FAILED);
            case SQLiteException sqlite
            when Database.isOfTheDisk(sqlite) ->
                Optional.of(sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL ? FULL : FAILED);
            case StoreException store when store.isStopped() -> Optional.of(FAILED);
            case NoSuchFileException lost
            when isBlob(lost) ->
                Optional.of(new Problem(Code.BYTES_MISSING, "the bytes of this artifact are lost on the server"));
            case FileSystemException cut
            when isBlob(cut) ->
                Optional.of(new Problem(Code.BYTES_DAMAGED, "the bytes of this artifact are damaged on the server"));
            default -> Optional.empty();
        };
    }

    /** Whether it is about a file that is named by a digest and nothing else, as stored bytes are. */
    private static boolean isBlob(FileSystemException failure) {
        var file = failure.getFile();
        return file != null && String.valueOf(Path.of(file).getFileName()).matches("[0-9a-f]{64}");
    }
}
