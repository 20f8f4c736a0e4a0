package dev.bulla.cli.commands;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Runs commands in this process as the shell would, in surroundings of the test's own. Not safe to share. */
public final class CommandRun {
    private final Map<String, String> variables = new HashMap<>();
    private String input = "";
    private Optional<String> answer = Optional.empty();
    private boolean terminal;
    private Clock clock = Clock.systemUTC();

    /** What came of it. */
    public record Ended(int status, String out, String err) {}

    /** With a home folder of its own and nothing else in the environment. */
    static CommandRun at(Path home) {
        return new CommandRun().with("HOME", home.toString());
    }

    CommandRun with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    CommandRun input(String text) {
        input = text;
        return this;
    }

    /** On a terminal, where somebody answers so. */
    CommandRun answering(String line) {
        terminal = true;
        answer = Optional.of(line);
        return this;
    }

    CommandRun onTerminal() {
        terminal = true;
        return this;
    }

    CommandRun clock(Clock other) {
        clock = other;
        return this;
    }

    /** Surroundings for what only reads the table of commands. */
    static Surroundings nothing() {
        return new CommandRun().surroundings(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }

    Ended run(String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = Commands.run(surroundings(out, err), args);
        return new Ended(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Surroundings surroundings(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return new Surroundings(
                variables,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new Ask() {
                    @Override
                    public Optional<String> secret(String question) {
                        return answer;
                    }

                    @Override
                    public Optional<String> line(String question) {
                        return answer;
                    }
                },
                terminal,
                terminal,
                clock,
                SecureRandom::new);
    }
}
