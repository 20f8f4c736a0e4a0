package dev.bulla.client.fetch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends a wait that has gone on for too long, from outside. Close it when the wait is over. */
final class Deadline implements AutoCloseable {
    private final CountDownLatch over = new CountDownLatch(1);

    private Deadline() {}

    /** Calls {@code end} once {@code patience} is used up, unless closed before. */
    static Deadline start(Duration patience, Runnable end) {
        var deadline = new Deadline();
        Thread.ofVirtual().start(() -> deadline.watch(patience, end));
        return deadline;
    }

    private void watch(Duration patience, Runnable end) {
        try {
            if (!over.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                end.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
