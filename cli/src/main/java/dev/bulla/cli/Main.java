package dev.bulla.cli;

import dev.bulla.cli.commands.Commands;
import dev.bulla.cli.commands.Surroundings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;

/** The door: takes time, randomness, environment and streams from the system and hands them to a command. */
public final class Main {
    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String... args) {
        int status = run(args);
        if (status != 0) { // Leaving by itself is a tenth faster than System.exit, which looks for a logger.
            System.exit(status);
        }
    }

    /** Runs the command of {@code args} in this process's surroundings; its exit code. */
    static int run(String... args) {
        String terminals = System.getProperty("bulla.terminals", "");
        var surroundings = new Surroundings(
                System.getenv(),
                System.in,
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                new ConsoleAsk(),
                terminals.contains("0"),
                terminals.contains("2"),
                Clock.systemUTC(),
                SecureRandom::new);
        return Commands.run(surroundings, args);
    }
}
