package dev.bulla.channel.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A disk whose process dies just before its N-th effect: nothing has any effect from then on. {@link #cutPower} takes
 * away as well what was not yet synced, as far as a disk may.
 */
public final class CrashingDisk implements Disk {
    private final Disk disk = new LocalDisk();
    private final long effects;
    private final Set<Path> unsyncedFiles = new HashSet<>();
    private final Deque<Move> unsyncedMoves = new ArrayDeque<>();
    private long count;

    private record Move(Path from, Path to) {}

    /** The end of the simulated process. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash(long effect) {
            super("simulated crash before effect " + effect, null, false, false);
        }
    }

    /** Dies before this effect, counted from 1. */
    public CrashingDisk(long effects) {
        this.effects = effects;
    }

    /** Whether it has come to that. */
    public synchronized boolean hasCrashed() {
        return count >= effects;
    }

    private void step() {
        count++;
        if (count >= effects) {
            throw new Crash(effects);
        }
    }

    @Override
    public synchronized OutputStream create(Path file) throws IOException {
        step();
        unsyncedFiles.add(file);
        return disk.create(file);
    }

    @Override
    public synchronized void sync(Path file) throws IOException {
        step();
        disk.sync(file);
        unsyncedFiles.remove(file);
    }

    @Override
    public synchronized void move(Path from, Path to) throws IOException {
        step();
        disk.move(from, to);
        if (unsyncedFiles.remove(from)) {
            unsyncedFiles.add(to);
        }
        unsyncedMoves.push(new Move(from, to));
    }

    @Override
    public synchronized void syncFolder(Path folder) throws IOException {
        step();
        disk.syncFolder(folder);
        unsyncedMoves.removeIf(move -> Objects.equals(move.to().getParent(), folder));
    }

    @Override
    public Optional<Barrier> barrier(Path folder) {
        return Optional.of(new Barrier() {
            @Override
            public void sync() {
                syncAll();
            }

            @Override
            public void close() {}
        });
    }

    private synchronized void syncAll() {
        step();
        unsyncedFiles.clear();
        unsyncedMoves.clear();
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        step();
        disk.delete(file);
        unsyncedFiles.remove(file);
    }

    @Override
    public synchronized void commit(Runnable databaseCommit) {
        step();
        disk.commit(databaseCommit);
    }

    /** After the crash: half of each file that was not synced is lost, and names that were not synced are the old ones. */
    public synchronized void cutPower() throws IOException {
        for (var file : unsyncedFiles) {
            if (Files.exists(file)) {
                try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(channel.size() / 2);
                }
            }
        }
        for (var move : unsyncedMoves) {
            if (Files.exists(move.to()) && !Files.exists(move.from())) {
                Files.move(move.to(), move.from(), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
