package dev.bulla.channel.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Every durable effect on a data folder. What was written counts as durable only after {@link #sync}, what was moved
 * or deleted only after {@link #syncFolder} of the folder it happened in.
 */
public interface Disk {
    /** Opens a new file for writing, readable by its owner alone; fails when it exists. */
    OutputStream create(Path file) throws IOException;

    /** Makes the file's bytes durable. */
    void sync(Path file) throws IOException;

    /** Moves a file or folder within one file system, in one step; a file of that name is replaced. */
    void move(Path from, Path to) throws IOException;

    /** Makes the names in the folder durable. */
    void syncFolder(Path folder) throws IOException;

    /**
     * Opens a way to make everything durable at once that is written and moved from here on in the file system that has
     * this folder; empty when there is none, and each file and folder is to be synced by itself.
     */
    default Optional<Barrier> barrier(Path folder) throws IOException {
        return Optional.empty();
    }

    /** Removes a file if it is there. */
    void delete(Path file) throws IOException;

    /** Commits a database transaction: one more durable effect, done by the given action. */
    void commit(Runnable databaseCommit);

    /**
     * Makes a new file with these bytes, durable when it returns; one of that name is replaced. A crash may leave a part
     * of it, so nothing may rely on the file before something else, committed later, says that it counts.
     */
    default void write(Path file, byte[] bytes) throws IOException {
        delete(file);
        try (var out = create(file)) {
            out.write(bytes);
        }
        sync(file);
        syncFolder(Folders.parent(file));
    }

    /** Puts these bytes durably in place of the file, in one step: the old or the new content is there, never a mix. */
    default void replace(Path file, byte[] bytes) throws IOException {
        var temporary = file.resolveSibling(file.getFileName() + ".new");
        write(temporary, bytes);
        move(temporary, file);
        syncFolder(Folders.parent(file));
    }
}
