package dev.bulla.channel.index;

import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.store.Folders;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The generations of one subdir: the one that readers are pointed to, and those that a reader may be about to open.
 * Safe to share; one thread at a time builds, any number read and wait.
 */
final class SubdirGenerations {
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Place place;
    private final Path folder;
    private final GenerationWriter writer;
    private final ReentrantLock building = new ReentrantLock();
    private final Deque<Superseded> superseded = new ArrayDeque<>();
    private volatile @Nullable Generation current;
    private long failures;
    private boolean closed;

    private record Superseded(Generation generation, long atNanos) {}

    SubdirGenerations(Place place, Path folder, GenerationWriter writer) {
        this.place = place;
        this.folder = folder;
        this.writer = writer;
    }

    Optional<Generation> current() {
        return Optional.ofNullable(current);
    }

    /** Points readers to what an earlier process has made. */
    void adopt(Generation generation) {
        current = generation;
    }

    /** Makes the newest generation unless readers are pointed to it already. */
    void build(long position, Instant now) throws IOException {
        building.lock();
        try {
            var before = current;
            if (before == null || before.position() < position) {
                pointTo(writer.write(place, folder, now), before);
            }
        } catch (IOException | RuntimeException failure) {
            tellWaiting();
            throw failure;
        } finally {
            building.unlock();
        }
    }

    private synchronized void pointTo(Generation next, @Nullable Generation before) throws IOException {
        current = next;
        notifyAll();
        if (before != null) {
            superseded.add(new Superseded(before, System.nanoTime()));
        }
        while (!superseded.isEmpty() && isOver(superseded.peek())) {
            Folders.deleteTree(superseded.remove().generation().folder());
        }
    }

    private static boolean isOver(Superseded generation) {
        return System.nanoTime() - generation.atNanos() > KEPT.toNanos();
    }

    private synchronized void tellWaiting() {
        failures++;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Waits until readers are pointed to a generation that shows this position. */
    synchronized void await(long position) throws IOException {
        var failuresBefore = failures;
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        for (var now = current; now == null || now.position() < position; now = current) {
            if (closed) {
                throw new ProblemException(
                        Code.SHUTTING_DOWN,
                        "the server stops; what was published will be in the index after the start");
            }
            var left = deadline - System.nanoTime();
            if (failures != failuresBefore || left <= 0) {
                throw new IOException("the index of " + place + " is not made yet; what was published will be in it");
            }
            pause(left);
        }
    }

    private void pause(long nanos) throws IOException {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the index of " + place + " was made", interrupted);
        }
    }
}
