package dev.bulla.channel;

import java.time.Duration;
import java.time.Period;

/**
 * What an operator may decide about a data folder.
 *
 * @param uploadLimitBytes the largest file that is taken
 * @param diskReserveBytes uploads are refused when they would leave less than this free
 * @param rootLifetime how long a new root file is valid
 * @param metadataLifetime how long key_mgr and pkg_mgr files are valid; they are renewed at half of it
 */
public record ChannelsConfig(
        long uploadLimitBytes, long diskReserveBytes, Period rootLifetime, Duration metadataLifetime) {
    /** 5 GiB a file, 1 GiB kept free, roots for three years, the rest for 30 days. */
    public static final ChannelsConfig DEFAULT =
            new ChannelsConfig(5L << 30, 1L << 30, Period.ofYears(3), Duration.ofDays(30));

    /** Checks that each is positive; the disk reserve may be 0. */
    public ChannelsConfig {
        if (uploadLimitBytes <= 0 || diskReserveBytes < 0) {
            throw new IllegalArgumentException("the upload limit must be positive, the disk reserve not negative");
        }
        if (rootLifetime.isNegative() || rootLifetime.isZero() || !metadataLifetime.isPositive()) {
            throw new IllegalArgumentException("lifetimes must be positive");
        }
    }
}
