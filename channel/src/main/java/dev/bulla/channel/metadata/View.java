package dev.bulla.channel.metadata;

import dev.bulla.trust.json.Dialect;
import java.util.Locale;

/** Whose trust files they are. The names are stored: they never change. */
enum View {
    /** Roots, which both views show. */
    BOTH,
    /** For conda. */
    CONDA,
    /** For libmamba. */
    LIBMAMBA;

    static View of(Dialect dialect) {
        return switch (dialect) {
            case CONDA -> CONDA;
            case LIBMAMBA -> LIBMAMBA;
        };
    }

    /** Whether clients of this dialect see it. */
    boolean isSeenBy(Dialect dialect) {
        return this == BOTH || this == of(dialect);
    }

    /** The name as it is stored. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
