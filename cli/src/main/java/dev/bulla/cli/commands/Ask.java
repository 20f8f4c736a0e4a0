package dev.bulla.cli.commands;

import java.util.Optional;

/** Asks the person at the terminal. */
public interface Ask {
    /** A line that is not shown while it is typed; empty when the input ends. */
    Optional<String> secret(String question);

    /** A line; empty when the input ends. */
    Optional<String> line(String question);
}
