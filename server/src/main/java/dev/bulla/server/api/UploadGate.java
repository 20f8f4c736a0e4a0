package dev.bulla.server.api;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The places for uploads: a limited number at once, and none any more once it is closed. Whoever closes it can wait for
 * those inside.
 */
public final class UploadGate {
    private final UploadLimits limits;
    private final Semaphore places;
    private volatile boolean closed;

    /** An open gate. */
    public UploadGate(UploadLimits limits) {
        this.limits = limits;
        this.places = new Semaphore(limits.maxConcurrent(), true);
    }

    /** A place, given back by closing it. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for a place.
     *
     * @throws ProblemException {@code SHUTTING_DOWN}, or {@code TOO_BUSY} when none came free in time
     */
    public Place enter() {
        requireOpen();
        try {
            if (!places.tryAcquire(limits.patience().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new ProblemException(
                        Code.TOO_BUSY, "All " + limits.maxConcurrent() + " places for uploads are taken.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Code.SHUTTING_DOWN, "The server is stopping.", e);
        }
        if (closed) {
            places.release();
            requireOpen();
        }
        return places::release;
    }

    /** Lets nobody in any more. */
    public void close() {
        closed = true;
    }

    /** Whether uploads are still taken. */
    public boolean isOpen() {
        return !closed;
    }

    /** Waits until everyone is out; false when the time was over first. */
    public boolean awaitEmpty(Duration most) throws InterruptedException {
        if (!places.tryAcquire(limits.maxConcurrent(), most.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        places.release(limits.maxConcurrent());
        return true;
    }

    private void requireOpen() {
        if (closed) {
            throw new ProblemException(Code.SHUTTING_DOWN, "The server is stopping and takes no uploads.");
        }
    }
}
