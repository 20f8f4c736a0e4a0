package dev.bulla.cli.output;

import dev.bulla.problem.Kind;

/** How a command ends, as the shell sees it. */
public enum Exit {
    /** It was done, or it is trusted. */
    DONE(0, "done, or trusted"),
    /** Checked and not trusted, or refused by a rule. */
    REFUSED(1, "not trusted, or refused"),
    /** The command or its configuration cannot be understood. */
    USAGE(2, "the command line or the configuration is wrong"),
    /** Network, disk or a fault kept it from being found out. */
    UNKNOWN(3, "could not tell: network, disk, or a fault");

    private final int status;
    private final String meaning;

    Exit(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** The number that the process ends with: 0 to 3. */
    public int status() {
        return status;
    }

    /** What it means, for {@code bulla help exit-codes}. */
    public String meaning() {
        return meaning;
    }

    /** How a command ends that met a problem of this kind. */
    public static Exit of(Kind kind) {
        return switch (kind) {
            case USAGE -> USAGE;
            case UNKNOWN, UNAVAILABLE -> UNKNOWN;
            case INVALID, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT, GONE, TOO_LARGE, NOT_TRUSTED -> REFUSED;
        };
    }
}
