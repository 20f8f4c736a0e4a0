package dev.bulla.channel.index;

import java.time.Duration;

/**
 * When the files that list a whole unit are made after a change.
 *
 * @param quiet once nothing was changed for so long
 * @param longest but at the latest so long after the first change that they do not show
 */
public record Pace(Duration quiet, Duration longest) {
    /** Quiet for 200 milliseconds, at most 30 seconds late. */
    public static final Pace DEFAULT = new Pace(Duration.ofMillis(200), Duration.ofSeconds(30));

    /** Checks that neither is negative and the first is not the longer one. */
    public Pace {
        if (quiet.isNegative() || quiet.compareTo(longest) > 0) {
            throw new IllegalArgumentException("the quiet period is not negative and not longer than the longest wait");
        }
    }
}
