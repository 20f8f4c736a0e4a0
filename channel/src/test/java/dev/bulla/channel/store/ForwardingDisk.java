package dev.bulla.channel.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/** The real disk, to be overridden where a test looks or interferes. */
public class ForwardingDisk implements Disk {
    private final Disk disk = new LocalDisk();

    @Override
    public OutputStream create(Path file) throws IOException {
        return disk.create(file);
    }

    @Override
    public void sync(Path file) throws IOException {
        disk.sync(file);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        disk.move(from, to);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        disk.syncFolder(folder);
    }

    @Override
    public Optional<Barrier> barrier(Path folder) throws IOException {
        return disk.barrier(folder);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void commit(Runnable databaseCommit) {
        disk.commit(databaseCommit);
    }
}
