package dev.bulla.client.fetch;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How long something is looked at again that a channel shows only after a while: its {@code repodata.json} is made some
 * seconds after what it lists.
 *
 * @param longest from the first look to the beginning of the last one
 * @param pause between the first two looks, at least 1 ms; doubled for each later one, up to 4 seconds
 * @param timer by which that is measured
 */
public record Patience(Duration longest, Duration pause, Timer timer) {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    /** Checks the ranges. */
    public Patience {
        if (longest.isNegative() || pause.toMillis() < 1) {
            throw new IllegalArgumentException("waits at least 0, and pauses at least 1 ms");
        }
    }

    /** 45 seconds: one and a half times the longest that a Bulla server lets an index wait. */
    public static Patience standard() {
        return new Patience(Duration.ofSeconds(45), Duration.ofMillis(250), Timer.SYSTEM);
    }

    /**
     * Looks until it has seen enough or the time is over.
     *
     * @param waiting told before each pause
     * @return what was seen last
     */
    public <T> T until(Supplier<T> look, Predicate<T> enough, Runnable waiting) {
        var end = timer.nanos() + longest.toNanos();
        for (var next = pause; ; next = doubled(next)) {
            var left = end - timer.nanos();
            var seen = look.get();
            if (enough.test(seen) || left <= 0) {
                return seen;
            }
            waiting.run();
            timer.pause(Duration.ofNanos(Math.min(left, next.toNanos())));
        }
    }

    private static Duration doubled(Duration pause) {
        var longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    /** Measures time and lets it pass. */
    public interface Timer {
        /** This machine's own. */
        Timer SYSTEM = new Timer() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void pause(Duration pause) {
                var end = System.nanoTime() + pause.toNanos();
                for (var left = pause.toNanos();
                        left > 0 && !Thread.currentThread().isInterrupted();
                        left = end - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            }
        };

        /** Nanoseconds since some moment; only differences mean something. */
        long nanos();

        /** Comes back after this time, or at once when the thread is interrupted. */
        void pause(Duration pause);
    }
}
