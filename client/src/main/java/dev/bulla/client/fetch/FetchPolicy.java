package dev.bulla.client.fetch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How patient the client is, and as whom it asks.
 *
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest wait for the next byte
 * @param minBytesPerSecond slowest transfer that is put up with, measured over the whole body after a grace of 30 seconds
 * @param tries how often a request that may be repeated is made at most, 1–10
 * @param firstPause wait before the second try; doubled for each later one
 * @param token sent as Bearer token; {@code null}: none
 */
public record FetchPolicy(
        Duration connectTimeout,
        Duration readTimeout,
        int minBytesPerSecond,
        int tries,
        Duration firstPause,
        @Nullable String token) {

    /** Checks the ranges. */
    public FetchPolicy {
        if (tries < 1 || tries > 10 || minBytesPerSecond < 0 || firstPause.isNegative()) {
            throw new IllegalArgumentException("tries 1-10, rate and pause at least 0");
        }
        if (connectTimeout.toMillis() < 1 || readTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("timeouts are at least 1 ms");
        }
    }

    /** 10 s to connect, 60 s between bytes, 1 kB/s, four tries from 0.5 s on, no token. */
    public static FetchPolicy standard() {
        return new FetchPolicy(Duration.ofSeconds(10), Duration.ofSeconds(60), 1000, 4, Duration.ofMillis(500), null);
    }

    /** The same with a token. */
    public FetchPolicy withToken(@Nullable String newToken) {
        return new FetchPolicy(connectTimeout, readTimeout, minBytesPerSecond, tries, firstPause, newToken);
    }

    /** The same with this longest wait for the next byte. */
    public FetchPolicy withReadTimeout(Duration newReadTimeout) {
        return new FetchPolicy(connectTimeout, newReadTimeout, minBytesPerSecond, tries, firstPause, token);
    }

    /** Silent about the token. */
    @Override
    public String toString() {
        return "FetchPolicy[tries=" + tries + ", token=" + (token == null ? "none" : "set") + "]";
    }
}
