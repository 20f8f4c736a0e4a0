package dev.bulla.trust.contenttrust;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Points in time as metadata writes them: {@code 2026-11-22T08:30:00Z}, to the second, every field at its full width.
 */
final class UtcSeconds {
    private static final Pattern FORM =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z");

    private UtcSeconds() {}

    /** @throws IllegalArgumentException when it has another form, or there is no such day */
    static Instant parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("expected YYYY-MM-DDTHH:MM:SSZ");
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException noSuchDay) {
            throw new IllegalArgumentException("there is no such day", noSuchDay);
        }
    }

    static String format(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
