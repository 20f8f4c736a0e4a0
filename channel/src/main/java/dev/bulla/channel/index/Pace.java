package dev.bulla.channel.index;

import java.time.Duration;

/**
 * When the files that list a whole unit are made after a change.
 *
 * @param quiet once nothing was changed for so long
 * @param longest but at the latest so long after the first change that they do not show
 * @param atOnceBytes and when someone asks for them, of a unit whose list is no longer than this
 */
public record Pace(Duration quiet, Duration longest, long atOnceBytes) {
    /** Quiet for 200 milliseconds, at most 30 seconds late; at once up to 2 MiB, which are some 2,500 records. */
    public static final Pace DEFAULT = new Pace(Duration.ofMillis(200), Duration.ofSeconds(30), 2 << 20);

    /** Checks that none is negative and the quiet period is not longer than the longest wait. */
    public Pace {
        if (quiet.isNegative() || quiet.compareTo(longest) > 0) {
            throw new IllegalArgumentException("the quiet period is not negative and not longer than the longest wait");
        }
        if (atOnceBytes < 0) {
            throw new IllegalArgumentException("a list has no negative length");
        }
    }
}
