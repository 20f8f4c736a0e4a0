package dev.bulla.client.fetch;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Repeats what failed for now: the pause doubles, a server's Retry-After is honoured up to 30 seconds. */
final class Retry {
    private static final long MAX_PAUSE_MILLIS = 30_000;

    private final FetchPolicy policy;

    Retry(FetchPolicy policy) {
        this.policy = policy;
    }

    <T> T run(Supplier<T> request) {
        var pauseMillis = policy.firstPause().toMillis();
        for (var attempt = 1; ; attempt++) {
            try {
                return request.get();
            } catch (ConnectionBroken e) {
                if (attempt >= policy.tries()) {
                    throw e;
                }
                pause(Math.min(MAX_PAUSE_MILLIS, Math.max(pauseMillis, e.retryAfterMillis)));
                pauseMillis *= 2;
            }
        }
    }

    private static void pause(long millis) {
        var end = System.nanoTime() + millis * 1_000_000;
        for (var left = millis * 1_000_000; left > 0; left = end - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(left);
        }
    }
}
