package dev.bulla.channel.store;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** {@link Blobs} as files {@code blobs/ab/abcd…}: written aside, synced, renamed, and the folder synced. */
public final class DiskBlobs implements Blobs {
    private static final int NAME_BYTES = 16;

    private final Path kept;
    private final Path incoming;
    private final Disk disk;
    private final RandomGenerator random;
    private final FileStore fileStore;

    private DiskBlobs(DataFolder data, Disk disk, RandomGenerator random) throws IOException {
        this.kept = data.blobs();
        this.incoming = data.incoming();
        this.disk = disk;
        this.random = random;
        this.fileStore = Files.getFileStore(kept); // to find it takes longer than to ask it
    }

    /** Opens the store; what an earlier process was still receiving is removed. */
    public static DiskBlobs open(DataFolder data, Disk disk, RandomGenerator random) throws IOException {
        try (var leftOvers = Files.newDirectoryStream(data.incoming())) {
            for (var file : leftOvers) {
                disk.delete(file);
            }
        }
        return new DiskBlobs(data, disk, random);
    }

    @Override
    public Incoming receive() throws IOException {
        var name = new byte[NAME_BYTES];
        random.nextBytes(name);
        return new Incoming(disk, incoming.resolve(HexFormat.of().formatHex(name)));
    }

    @Override
    public void sync(Received received) throws IOException {
        disk.sync(received.file());
    }

    @Override
    public void place(Received received) throws IOException {
        var file = file(received.sha256());
        if (!Files.exists(file)) {
            createFolder(Folders.parent(file));
            disk.move(received.file(), file);
        }
        disk.syncFolder(Folders.parent(file)); // also when another upload of the same bytes has just moved them here
    }

    @Override
    public boolean restore(Received received) throws IOException {
        var file = file(received.sha256());
        if (isWhole(file, received)) {
            return false;
        }
        createFolder(Folders.parent(file));
        disk.sync(received.file());
        disk.move(received.file(), file);
        disk.syncFolder(Folders.parent(file));
        return true;
    }

    private static boolean isWhole(Path file, Received expected) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == expected.sizeBytes()
                && Sha256.digest(file).equals(expected.sha256());
    }

    @Override
    public BlobBatch batch() throws IOException {
        return new DiskBlobBatch(this, kept, disk);
    }

    private void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            try {
                Files.createDirectories(folder);
            } catch (IOException failure) {
                throw new DiskException(folder, failure);
            }
            disk.syncFolder(kept);
        }
    }

    @Override
    public boolean contains(Sha256 address) {
        return Files.isRegularFile(file(address));
    }

    @Override
    public Path file(Sha256 address) {
        return kept.resolve(address.hex().substring(0, 2)).resolve(address.hex());
    }

    @Override
    public void delete(Sha256 address) throws IOException {
        disk.delete(file(address));
    }

    @Override
    public long usableBytes() throws IOException {
        return fileStore.getUsableSpace();
    }
}
