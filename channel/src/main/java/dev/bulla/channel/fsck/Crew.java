package dev.bulla.channel.fsck;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Does tasks on one thread for each processor; whoever hands out more than a few at once waits. The first failure is
 * thrown to them.
 */
final class Crew implements AutoCloseable {
    private static final int THREADS = Runtime.getRuntime().availableProcessors();
    private static final int PERMITS = 4 * THREADS;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("fsck-", 0).daemon().factory());
    private final Semaphore permits = new Semaphore(PERMITS);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** A piece of the work. */
    @FunctionalInterface
    interface Task {
        void run() throws IOException;
    }

    /** Hands out one more. */
    void submit(Task task) throws IOException {
        permits.acquireUninterruptibly();
        rethrow();
        threads.execute(() -> {
            try {
                task.run();
            } catch (IOException | RuntimeException | Error thrown) {
                failure.compareAndSet(null, thrown);
            } finally {
                permits.release();
            }
        });
    }

    /** Waits for all that was handed out. */
    void finish() throws IOException {
        permits.acquireUninterruptibly(PERMITS);
        permits.release(PERMITS);
        rethrow();
    }

    private void rethrow() throws IOException {
        switch (failure.get()) {
            case null -> {}
            case IOException io -> throw io;
            case RuntimeException runtime -> throw runtime;
            case Error error -> throw error;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
