package dev.bulla.channel.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@link BlobBatch} of files: all bytes are synced, then all files are renamed, then all names are synced. Were the names
 * there before the bytes, a power failure could leave a part of some at its address.
 */
final class DiskBlobBatch implements BlobBatch {
    private final DiskBlobs blobs;
    private final Path kept;
    private final Disk disk;
    private final Optional<Barrier> barrier;
    private final Set<Path> folders = new HashSet<>();

    DiskBlobBatch(DiskBlobs blobs, Path kept, Disk disk) throws IOException {
        this.blobs = blobs;
        this.kept = kept;
        this.disk = disk;
        this.barrier = disk.barrier(kept);
    }

    @Override
    public List<Received> keep(List<Received> received) throws IOException {
        syncBytes(received);
        var moved = new ArrayList<Received>();
        for (var one : received) {
            var file = blobs.file(one.sha256());
            if (!Files.exists(file)) {
                createFolder(Folders.parent(file));
                disk.move(one.file(), file);
                moved.add(one);
            }
        }
        syncNames(received);
        return moved;
    }

    private void createFolder(Path folder) throws IOException {
        if (folders.add(folder)) {
            Files.createDirectories(folder);
        }
    }

    private void syncBytes(List<Received> received) throws IOException {
        if (barrier.isPresent()) {
            barrier.get().sync();
            return;
        }
        for (var one : received) {
            disk.sync(one.file());
        }
    }

    private void syncNames(List<Received> received) throws IOException {
        if (barrier.isPresent()) {
            barrier.get().sync();
            return;
        }
        var touched = new TreeSet<Path>();
        received.forEach(one -> touched.add(Folders.parent(blobs.file(one.sha256()))));
        for (var folder : touched) {
            disk.syncFolder(folder);
        }
        disk.syncFolder(kept);
    }

    @Override
    public void close() {
        barrier.ifPresent(Barrier::close);
    }
}
