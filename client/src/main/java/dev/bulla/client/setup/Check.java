package dev.bulla.client.setup;

/**
 * One thing that a doctor looked at.
 *
 * @param name what was looked at, in a few words
 * @param status how it is
 * @param evidence what was seen
 * @param cure what to do; empty when nothing is to be done
 */
public record Check(String name, Status status, String evidence, String cure) {
    /** How it is. */
    public enum Status {
        /** As it should be. */
        GOOD,
        /** It works, and will not for ever. */
        WARNING,
        /** Verification is off, or would fail. */
        BAD,
        /** It could not be told: network or disk. */
        UNKNOWN
    }

    static Check good(String name, String evidence) {
        return new Check(name, Status.GOOD, evidence, "");
    }

    static Check bad(String name, String evidence, String cure) {
        return new Check(name, Status.BAD, evidence, cure);
    }
}
