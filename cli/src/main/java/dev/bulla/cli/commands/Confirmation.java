package dev.bulla.cli.commands;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;

/**
 * The options {@code --dry-run} and {@code --yes} of a command that changes what others see, and its question. Where
 * nobody can be asked it does nothing without {@code --yes}.
 */
final class Confirmation {
    private final Input<Boolean> dryRun = Input.flag("--dry-run", "Only show what would change.");
    private final Input<Boolean> yes = Input.flag("-y --yes", "Do it without asking.");

    /** The option that only shows. */
    Input<Boolean> dryRun() {
        return dryRun;
    }

    /** The option that asks nothing. */
    Input<Boolean> yes() {
        return yes;
    }

    /** Whether only to show. */
    boolean isDryRun() {
        return Input.isSet(dryRun);
    }

    /**
     * Returns when it shall be done.
     *
     * @param what what is about to happen, with its counts
     * @throws ProblemException {@link Code#CONFIRMATION_NEEDED}
     */
    void require(BullaCommand bulla, String what) {
        if (Input.isSet(yes)) {
            return;
        }
        if (!bulla.surroundings().asks()) {
            throw new ProblemException(Code.CONFIRMATION_NEEDED, what);
        }
        bulla.output().say(what);
        var answer = bulla.surroundings().ask().line("Go on? Type yes: ");
        if (!answer.map(String::strip).orElse("").equals("yes")) {
            throw new ProblemException(Code.CONFIRMATION_NEEDED, "not confirmed; nothing was changed");
        }
    }
}
