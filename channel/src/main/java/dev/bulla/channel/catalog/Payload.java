package dev.bulla.channel.catalog;

import java.util.Arrays;
import java.util.Locale;

/** How far the payload of a public artifact is known to be what its list of paths says. The names are stored. */
public enum Payload {
    /** It was compared: the same rules hold as for an upload. */
    CHECKED,
    /** It was imported, and its check waits. */
    UNCHECKED,
    /** It was imported and has no list of paths; all else that is checked of an upload holds. */
    NO_PATHS,
    /** Its check failed; the artifact was yanked for it. */
    FAILED;

    /** The name as it is stored. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Payload of(String text) {
        return Arrays.stream(values())
                .filter(payload -> payload.text().equals(text))
                .findFirst()
                .orElseThrow();
    }
}
