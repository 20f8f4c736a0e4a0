package dev.bulla.cli.commands;

import java.io.InputStream;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the process was given from outside; nothing else is read from the system.
 *
 * @param variables the environment
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param ask asks the person at standard input
 * @param asks whether standard input is a terminal, so that somebody can answer
 * @param shows whether standard error is a terminal, so that somebody looks on
 * @param clock the time
 * @param random makes the source of randomness, on first use
 */
public record Surroundings(
        Map<String, String> variables,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Ask ask,
        boolean asks,
        boolean shows,
        Clock clock,
        Supplier<SecureRandom> random) {

    /** A variable's value, empty when it is not set. */
    public String variable(String name) {
        return variables.getOrDefault(name, "");
    }
}
