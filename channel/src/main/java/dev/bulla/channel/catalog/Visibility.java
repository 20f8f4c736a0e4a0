package dev.bulla.channel.catalog;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;

/** Who may read a channel. The names are stored: they never change. */
public enum Visibility {
    /** Everybody. */
    PUBLIC,
    /** Whoever has a token for it; others are told that they need one. Its trust metadata is for everybody. */
    PRIVATE,
    /** Whoever has a token for it; for others there is no such channel. */
    HIDDEN;

    /** The name as it is stored and sent. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The visibility of this name.
     *
     * @throws ProblemException {@link Code#BAD_REQUEST}
     */
    public static Visibility parse(String text) {
        return Arrays.stream(values())
                .filter(one -> one.text().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(Code.BAD_REQUEST, "a channel is public, private or hidden, not " + text));
    }
}
