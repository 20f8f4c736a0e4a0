package dev.bulla.channel.publish;

import dev.bulla.channel.ledger.Action;
import java.util.Locale;

/** How a staged submission ends. The names are stored: they never change. */
enum SubmissionState {
    /** It became an artifact. */
    PROMOTED(Action.PROMOTED),
    /** The same bytes were there under its name. */
    DUPLICATE(Action.DUPLICATE),
    /** It did not pass. */
    REFUSED(Action.REFUSED),
    /** The server could not decide: it stopped, or its disk failed. */
    ABANDONED(Action.ABANDONED);

    private final Action action;

    SubmissionState(Action action) {
        this.action = action;
    }

    /** What the journal calls the end. */
    Action action() {
        return action;
    }

    /** The name as it is stored. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
