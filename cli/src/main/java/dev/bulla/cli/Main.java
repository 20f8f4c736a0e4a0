package dev.bulla.cli;

import dev.bulla.cli.commands.Commands;
import dev.bulla.cli.commands.Surroundings;
import dev.bulla.cli.output.Exit;
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
        int status;
        try {
            status = run(args);
        } catch (RuntimeException | Error fault) {
            fault.printStackTrace(); // A server's threads would keep the process alive without what failed.
            status = Exit.UNKNOWN.status();
        }
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
