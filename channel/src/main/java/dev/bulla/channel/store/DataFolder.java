package dev.bulla.channel.store;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The layout of a data folder.
 *
 * <pre>
 * lock                        held by the process that serves the folder, 0600: whoever may read it could hold it too
 * bulla.db, -wal, -shm        SQLite, 0600
 * blobs/ab/abcd…              bytes, each file named by its SHA-256
 * incoming/                   bytes that are still arriving; emptied at start
 * keys/                       online keys, 0600 in a folder 0700
 * index/CHANNEL/SUBDIR/N/     derived files of generation N; may be deleted, they are made again
 * index/CHANNEL/SUBDIR/shards/ shards, each named by its SHA-256; derived too
 * index/CHANNEL/SUBDIR/label/  the same for each label but main
 * fsck/                       what fsck makes once more to compare it; removed when it ends
 * admin-token                 the admin's token, 0600
 * root-key-take-offline       the seed of channel main's root key, 0600, until the operator takes it away
 * root-key-take-offline-NAME  the same for another channel
 * </pre>
 *
 * @param folder the data folder itself
 */
public record DataFolder(Path folder) {
    /** Makes the folder and those below it that are missing. */
    public static DataFolder create(Path folder) throws IOException {
        var data = new DataFolder(folder.toAbsolutePath().normalize());
        Files.createDirectories(data.folder);
        Folders.createPrivate(data.keys());
        Folders.createPrivate(data.incoming());
        Files.createDirectories(data.blobs());
        Files.createDirectories(data.index());
        Folders.createPrivateFile(data.database());
        return data;
    }

    /**
     * Refuses a folder whose database is lost: a first start would make other keys, and no client trusts those.
     *
     * @throws ProblemException {@link Code#DISK_ERROR}
     */
    public void requireNoKeysWithoutDatabase() throws IOException {
        if (Files.size(database()) > 0) {
            return;
        }
        try (var files = Files.list(keys())) {
            if (files.findAny().isPresent()) {
                throw new ProblemException(
                        Code.DISK_ERROR,
                        database() + " is missing or empty, but " + keys() + " has keys, so this is no first start:"
                                + " bring the whole folder back from a backup, or begin in another folder");
            }
        }
    }

    /**
     * Refuses a folder whose bytes are lost, or whose {@code blobs} is another disk that is not mounted.
     *
     * @param named whether the database names bytes
     * @throws ProblemException {@link Code#DISK_ERROR}
     */
    public void requireBlobs(boolean named) throws IOException {
        if (!named) {
            return;
        }
        try (var files = Files.list(blobs())) {
            if (files.findAny().isEmpty()) {
                throw new ProblemException(
                        Code.DISK_ERROR,
                        blobs() + " is missing or empty, but " + database() + " names what was in it: bring the whole"
                                + " folder back from a backup, or mount the disk that has it");
            }
        }
    }

    /** The file whose lock says that a process serves this folder. */
    public Path lock() {
        return folder.resolve("lock");
    }

    /** The database. */
    public Path database() {
        return folder.resolve("bulla.db");
    }

    /** Where stored bytes are. */
    public Path blobs() {
        return folder.resolve("blobs");
    }

    /** Where bytes arrive. */
    public Path incoming() {
        return folder.resolve("incoming");
    }

    /** Where online keys are. */
    public Path keys() {
        return folder.resolve("keys");
    }

    /** Where derived index files are. */
    public Path index() {
        return folder.resolve("index");
    }

    /** Where {@code bulla fsck} makes derived files once more. */
    public Path scratch() {
        return folder.resolve("fsck");
    }

    /** The file that holds the admin's token. */
    public Path adminToken() {
        return folder.resolve("admin-token");
    }

    /** The file with the seed of this channel's root key; nothing here reads it. */
    public Path rootKey(String channel) {
        var name = "root-key-take-offline";
        return folder.resolve(channel.equals("main") ? name : name + "-" + channel);
    }
}
