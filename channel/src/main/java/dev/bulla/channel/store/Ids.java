package dev.bulla.channel.store;

import java.time.Instant;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Identifiers of rows: 48 bits of time in milliseconds, then 80 random bits; 32 hexadecimal characters. */
public final class Ids {
    private static final int RANDOM_BYTES = 10;

    private Ids() {}

    /** A new one, which sorts after those of earlier milliseconds. */
    public static String next(Instant now, RandomGenerator random) {
        var tail = new byte[RANDOM_BYTES];
        random.nextBytes(tail);
        var hex = HexFormat.of();
        return hex.toHexDigits(now.toEpochMilli(), 12) + hex.formatHex(tail);
    }
}
