package dev.bulla.client.verify;

import dev.bulla.conda.name.Subdir;
import java.util.List;

/**
 * The outcome for a channel.
 *
 * @param rootVersion of the newest root
 * @param subdirs those that are there, with counts
 * @param failures the first {@link #MAX_FAILURES} of them
 */
public record ChannelReport(int rootVersion, List<SubdirCount> subdirs, List<Verdict.Failed> failures) {
    /** How many failures are kept; the counts are of all. */
    public static final int MAX_FAILURES = 1000;

    /** Copies. */
    public ChannelReport {
        subdirs = List.copyOf(subdirs);
        failures = List.copyOf(failures);
    }

    /** How many packages of a subdir are as they should be, and how many things are not. */
    public record SubdirCount(Subdir subdir, long verified, long failed) {}

    /** All that were verified. */
    public long verified() {
        return subdirs.stream().mapToLong(SubdirCount::verified).sum();
    }

    /** All that failed. */
    public long failed() {
        return subdirs.stream().mapToLong(SubdirCount::failed).sum();
    }

    /** Whether nothing failed. */
    public boolean isTrusted() {
        return failed() == 0;
    }
}
