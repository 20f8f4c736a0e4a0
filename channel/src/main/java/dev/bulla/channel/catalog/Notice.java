package dev.bulla.channel.catalog;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a channel says to everybody who uses it (CEP 6); clients show it once.
 *
 * @param id its name in the channel: at most 64 letters, digits and {@code . _ -}
 * @param level how much it matters
 * @param message what it says: 1 to 2,000 characters without control characters but line ends
 * @param createdAt since when
 * @param expiresAt until when; later than that
 */
public record Notice(String id, Level level, String message, Instant createdAt, Instant expiresAt) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int LONGEST_MESSAGE = 2000;

    /** How much it matters. */
    public enum Level {
        /** Good to know. */
        INFO,
        /** Something should be done. */
        WARNING,
        /** Something must be done. */
        CRITICAL;

        /** The word for it in {@code notices.json}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The level of this word.
         *
         * @throws ProblemException {@link Code#BAD_REQUEST}
         */
        public static Level parse(String text) {
            return Arrays.stream(values())
                    .filter(level -> level.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            Code.BAD_REQUEST, "the level of a notice is info, warning or critical"));
        }
    }

    /** Refuses what is not as described with {@link Code#BAD_REQUEST}. */
    public Notice {
        requireId(id);
        var isOdd = message.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n');
        if (message.isBlank() || message.length() > LONGEST_MESSAGE || isOdd) {
            throw new ProblemException(
                    Code.BAD_REQUEST,
                    "a notice has a message of 1 to " + LONGEST_MESSAGE + " characters without control characters");
        }
        if (!expiresAt.isAfter(createdAt)) {
            throw new ProblemException(Code.BAD_REQUEST, "a notice expires after now, not at " + expiresAt);
        }
    }

    /** Refuses a text that is no id. */
    public static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new ProblemException(
                    Code.BAD_REQUEST,
                    "the id of a notice has at most 64 letters, digits and . _ -, and begins with"
                            + " a letter or digit");
        }
    }
}
