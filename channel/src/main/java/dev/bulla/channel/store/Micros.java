package dev.bulla.channel.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Points in time as columns hold them: microseconds since 1970 UTC. */
public final class Micros {
    private Micros() {}

    /** The column's value for this instant; what is finer than a microsecond is cut off. */
    public static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** The instant of a column's value. */
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
