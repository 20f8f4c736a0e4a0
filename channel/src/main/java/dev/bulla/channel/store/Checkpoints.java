package dev.bulla.channel.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what is in the write-ahead log into the database file, away from whoever waits for a commit: in the background
 * without disturbing anyone, and with a fresh start of the log when the writer is idle or the log is over
 * {@value #LARGE_BYTES} bytes. A reader in the way only postpones it.
 */
final class Checkpoints implements AutoCloseable {
    static final long LARGE_BYTES = 256L << 20;
    private static final long SMALL_BYTES = 4L << 20;

    /** Between two attempts. */
    static final long PERIOD_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private final Path log;
    private final Connection connection;
    private final ReentrantLock connectionUse = new ReentrantLock();
    private final AtomicBoolean changed = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** With a connection of its own that waits for nobody. */
    Checkpoints(Path database, Connection connection) {
        this.log = database.resolveSibling(database.getFileName() + "-wal");
        this.connection = connection;
        Thread.ofPlatform().name("database-checkpoints").daemon().start(this::run);
    }

    /** On the writer's thread, after each commit. */
    void afterCommit() {
        changed.set(true);
        startAfreshAbove(LARGE_BYTES);
    }

    /**
     * On the writer's thread, when nobody waits.
     *
     * @return whether the log is short now; else somebody was in the way, and it is worth another attempt later
     */
    boolean whenIdle() {
        startAfreshAbove(SMALL_BYTES);
        return logBytes() <= SMALL_BYTES;
    }

    private void startAfreshAbove(long bytes) {
        if (logBytes() <= bytes || !connectionUse.tryLock()) {
            return;
        }
        try {
            checkpoint("TRUNCATE");
        } finally {
            connectionUse.unlock();
        }
    }

    private void run() {
        try {
            while (!closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                if (changed.getAndSet(false)) {
                    connectionUse.lock();
                    try {
                        checkpoint("PASSIVE");
                    } finally {
                        connectionUse.unlock();
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // nobody interrupts it but the end of the process
        }
    }

    private void checkpoint(String mode) {
        if (closed.getCount() == 0) {
            return;
        }
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(" + mode + ")");
        } catch (SQLException failure) {
            LOG.warn("checkpoint {} failed; the next one tries again", mode, failure);
        }
    }

    private long logBytes() {
        try {
            return Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException _) {
            return 0; // it was removed just now, so there is nothing to move
        }
    }

    @Override
    public void close() {
        closed.countDown();
        connectionUse.lock();
        try {
            connection.close();
        } catch (SQLException failure) {
            LOG.warn("the checkpoint connection did not close", failure);
        } finally {
            connectionUse.unlock();
        }
    }
}
