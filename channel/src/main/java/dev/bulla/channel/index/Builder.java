package dev.bulla.channel.index;

import dev.bulla.channel.catalog.IndexUnit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a data folder that makes the files which list whole units: when a unit is quiet, or the first change
 * that they do not show has waited long enough. Many changes are shown by one build. One that fails is tried again after
 * growing pauses. Nothing waits for it but {@link #settle}; what it has not done when it ends is done at the next start.
 */
final class Builder implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(Builder.class);

    private final ReentrantLock lock = new ReentrantLock();
    /** Something came, was done or is to be done at once. */
    private final Condition change = lock.newCondition();

    private final Map<IndexUnit, Waiting> waiting = new LinkedHashMap<>();
    private final Pace pace;
    private final Work work;
    private final Thread thread;
    private @Nullable IndexUnit building;
    private int settling;
    private boolean closed;

    /** Makes the files of one unit. */
    @FunctionalInterface
    interface Work {
        void build(IndexUnit unit) throws IOException;
    }

    /**
     * A unit whose files are behind. Times are those of {@link System#nanoTime}.
     *
     * @param first when it fell behind
     * @param due when it is built
     * @param failures how often that has failed since it fell behind
     */
    private record Waiting(
            long first, long due, int failures, @Nullable Throwable why) {}

    private Builder(Pace pace, Work work) {
        this.pace = pace;
        this.work = work;
        thread = Thread.ofPlatform().name("index-builder").daemon().unstarted(this::run);
    }

    static Builder start(Pace pace, Work work) {
        var builder = new Builder(pace, work);
        builder.thread.start();
        return builder;
    }

    /** Notes that the unit was changed. */
    void changed(IndexUnit unit) {
        lock.lock();
        try {
            var now = System.nanoTime();
            var before = waiting.get(unit);
            if (before == null) {
                waiting.put(unit, new Waiting(now, now + pace.quiet().toNanos(), 0, null));
            } else if (before.failures() == 0) {
                var due = Math.min(
                        now + pace.quiet().toNanos() - before.first(),
                        pace.longest().toNanos());
                waiting.put(unit, new Waiting(before.first(), before.first() + due, 0, null));
            }
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Builds all that waits without waiting further, and returns when it is done.
     *
     * @throws IOException when one of them fails; it is tried again later
     */
    void settle() throws IOException {
        lock.lock();
        settling++;
        try {
            waiting.replaceAll((unit, since) -> new Waiting(since.first(), System.nanoTime(), since.failures(), null));
            change.signalAll();
            while (!closed && (building != null || !waiting.isEmpty())) {
                for (var unit : waiting.entrySet()) {
                    if (unit.getValue().why() != null) {
                        throw new IOException(
                                "the index of " + unit.getKey() + " could not be made",
                                unit.getValue().why());
                    }
                }
                change.awaitUninterruptibly();
            }
        } finally {
            settling--;
            lock.unlock();
        }
    }

    /** What is behind, in the order in which it fell behind; what is being built is told last. */
    List<IndexUnit> waiting() {
        lock.lock();
        try {
            var behind = new ArrayList<>(waiting.keySet());
            if (building != null && !waiting.containsKey(building)) {
                behind.add(building);
            }
            return behind;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        for (var next = next(); next.isPresent(); next = next()) {
            var unit = next.get().getKey();
            build(unit, next.get().getValue());
        }
    }

    private void build(IndexUnit unit, Waiting since) {
        Throwable failure = null;
        try {
            work.build(unit);
        } catch (IOException | RuntimeException | Error thrown) {
            failure = thrown;
            LOG.error("an index cannot be made, it is tried again later unit={}", unit, thrown);
        }
        lock.lock();
        try {
            building = null;
            if (failure != null) {
                var failures = since.failures() + 1;
                waiting.put(unit, new Waiting(since.first(), System.nanoTime() + pause(failures), failures, failure));
            }
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long pause(int failures) {
        var doubled = FIRST_PAUSE.toNanos() << Math.min(failures - 1, 16);
        return Math.min(doubled, LONGEST_PAUSE.toNanos());
    }

    /** The unit to build now, once there is one; empty when it is the end. */
    private Optional<Map.Entry<IndexUnit, Waiting>> next() {
        lock.lock();
        try {
            while (!closed) {
                var first = first();
                var wait = first == null ? Long.MAX_VALUE : first.getValue().due() - System.nanoTime();
                if (first != null
                        && (wait <= 0 || (settling > 0 && first.getValue().why() == null))) {
                    waiting.remove(first.getKey());
                    building = first.getKey();
                    return Optional.of(first);
                }
                var _ = change.awaitNanos(wait);
            }
            return Optional.empty();
        } catch (InterruptedException _) {
            return Optional.empty(); // nobody interrupts it but the end of the process
        } finally {
            lock.unlock();
        }
    }

    private Map.@Nullable Entry<IndexUnit, Waiting> first() {
        Map.Entry<IndexUnit, Waiting> first = null;
        for (var unit : waiting.entrySet()) {
            if (first == null || unit.getValue().due() - first.getValue().due() < 0) {
                first = Map.entry(unit.getKey(), unit.getValue());
            }
        }
        return first;
    }

    /** Waits for what is being built. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            change.signalAll();
        } finally {
            lock.unlock();
        }
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true; // the database may be closed only after it
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
