package dev.bulla.trust.contenttrust;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * From when until when metadata may be used; whole seconds, as the format knows no finer.
 *
 * @param timestamp when it was made
 * @param expiration the first instant at which it may no longer be used
 */
public record Validity(Instant timestamp, Instant expiration) {
    /** Four digits of a year are all that the format has. */
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * Cuts both to seconds.
     *
     * @throws IllegalArgumentException when the end is not after the start, or one is outside the years 0 to 9999
     */
    public Validity {
        timestamp = timestamp.truncatedTo(ChronoUnit.SECONDS);
        expiration = expiration.truncatedTo(ChronoUnit.SECONDS);
        if (!timestamp.isBefore(expiration)) {
            throw new IllegalArgumentException("expiration " + expiration + " is not after timestamp " + timestamp);
        }
        if (expiration.isAfter(END_OF_TIME) || timestamp.isBefore(Instant.parse("0000-01-01T00:00:00Z"))) {
            throw new IllegalArgumentException("a year that four digits do not hold");
        }
    }

    /** From now for so long. */
    public static Validity from(Instant now, Duration life) {
        return new Validity(now, now.plus(life));
    }

    /** The whole of it. */
    public Duration life() {
        return Duration.between(timestamp, expiration);
    }

    /** Whether it has ended. */
    public boolean hasEndedAt(Instant now) {
        return !now.isBefore(expiration);
    }
}
