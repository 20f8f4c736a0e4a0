package dev.bulla.cli.commands;

import dev.bulla.cli.config.Key;
import dev.bulla.cli.config.SecretFile;
import dev.bulla.cli.config.Settings;
import dev.bulla.cli.output.Output;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The root of all commands: the options that each of them takes, and what follows from these. Not safe to share. */
final class BullaCommand {
    private final Input<String> server = Input.option("--server", String.class, "URL", "The server to talk to.")
            .everywhere();
    private final Input<String> token = Input.option(
                    "--token", String.class, "TOKEN", "The token to send; - reads it from standard input.")
            .everywhere();
    private final Input<Path> tokenFile = Input.option(
                    "--token-file", Path.class, "FILE", "A file that holds the token.")
            .everywhere();
    private final Input<Path> config = Input.option(
                    "--config", Path.class, "FILE", "The configuration file, instead of the usual ones.")
            .everywhere();
    private final Input<Boolean> json =
            Input.flag("--json", "Answer with JSON on standard output.").everywhere();
    private final Input<Boolean> quiet =
            Input.flag("-q --quiet", "Say nothing but results and errors.").everywhere();
    private final Input<Boolean> noProgress =
            Input.flag("--no-progress", "Show no progress.").everywhere();
    private final Input<When> color = Input.option(
                    "--color", When.class, "WHEN", "auto, always or never; NO_COLOR and CLICOLOR are heeded.")
            .everywhere();
    private final Input<Boolean> help =
            Input.flag("-h --help", "Show this help.").everywhere();
    private final Input<Boolean> version = Input.flag("-V --version", "Show the version.");

    private final Surroundings surroundings;
    private final boolean jsonAnywhere;
    private Optional<Settings> settings = Optional.empty();

    /** When to use colour. */
    enum When {
        auto,
        always,
        never
    }

    /** {@code jsonAnywhere}: JSON is wanted even if the line cannot be parsed as far as the word that says so. */
    BullaCommand(Surroundings surroundings, boolean jsonAnywhere) {
        this.surroundings = surroundings;
        this.jsonAnywhere = jsonAnywhere;
    }

    Form form() {
        return Form.of(
                        "bulla",
                        "A conda channel you can prove.",
                        server,
                        token,
                        tokenFile,
                        config,
                        json,
                        quiet,
                        noProgress,
                        color,
                        help,
                        version)
                .examples(
                        "bulla serve                      run a server, with its data in ./bulla-data",
                        "bulla demo                       see the whole story in under a minute",
                        "bulla help exit-codes            what 0, 1, 2 and 3 mean");
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** The streams, used as the options, the environment and the terminal allow. */
    Output output() {
        boolean silent = Input.isSet(quiet);
        return new Output(
                surroundings.out(),
                surroundings.err(),
                new Output.Style(
                        jsonAnywhere || Input.isSet(json),
                        silent,
                        colored(),
                        !silent && !Input.isSet(noProgress),
                        surroundings.shows()));
    }

    /** What is configured; refuses when anything is wrong with it. */
    Settings settings() {
        return settings(Map.of());
    }

    /** What is configured when a command has flags of its own; refuses when anything is wrong with it. */
    Settings settings(Map<Key, String> own) {
        Settings checked = settingsWithProblems(own);
        List<Problem> problems = checked.problems();
        if (!problems.isEmpty()) {
            String more = problems.size() == 1 ? "" : " (and %d more)".formatted(problems.size() - 1);
            throw new ProblemException(Code.BAD_CONFIG, problems.getFirst().detail() + more);
        }
        return checked;
    }

    /** The same with whatever is wrong still in it. */
    Settings settingsWithProblems(Map<Key, String> own) {
        if (settings.isEmpty() || !own.isEmpty()) {
            var flags = new EnumMap<Key, String>(Key.class);
            flags.putAll(own);
            server.value().ifPresent(url -> flags.put(Key.SERVER, url));
            color.value().ifPresent(when -> flags.put(Key.COLOR, when.name()));
            givenToken().ifPresent(secret -> flags.put(Key.TOKEN, secret));
            settings = Optional.of(Settings.load(
                    flags, surroundings.variables(), config.value().orElse(null)));
        }
        return settings.orElseThrow();
    }

    /** Says what is wrong with the configuration, for a command that needs none of it and goes on. */
    void warnOfSettings() {
        try {
            settingsWithProblems(Map.of()).problems().forEach(problem -> output().warn(problem.toString()));
        } catch (ProblemException unreadable) {
            output().warn(unreadable.problem().toString());
        }
    }

    private Optional<String> givenToken() {
        if (token.value().isPresent() && tokenFile.value().isPresent()) {
            throw new ProblemException(Code.BAD_REQUEST, "--token and --token-file exclude each other");
        }
        if (tokenFile.value().isPresent()) {
            return tokenFile.value().map(file -> SecretFile.read(file).text());
        }
        return token.value().map(text -> text.equals("-") ? tokenFromInput() : text);
    }

    private String tokenFromInput() {
        try {
            return new String(surroundings.in().readNBytes(4096), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "standard input: " + e, e);
        }
    }

    private boolean colored() {
        return switch (color.value().map(When::name).orElseGet(this::configuredColor)) {
            case "always" -> true;
            case "never" -> false;
            default -> coloredByHabit();
        };
    }

    private String configuredColor() {
        try {
            return Settings.load(
                            Map.of(), surroundings.variables(), config.value().orElse(null))
                    .value(Key.COLOR)
                    .text();
        } catch (ProblemException unreadable) {
            return Key.COLOR.defaultValue(); // a command that needs the settings says what is wrong with them
        }
    }

    /** The habits of other tools: NO_COLOR wins, then CLICOLOR_FORCE, then whether somebody looks on. */
    private boolean coloredByHabit() {
        if (!surroundings.variable("NO_COLOR").isEmpty()) {
            return false;
        }
        String force = surroundings.variable("CLICOLOR_FORCE");
        if (!force.isEmpty() && !force.equals("0")) {
            return true;
        }
        return surroundings.shows()
                && !surroundings.variable("CLICOLOR").equals("0")
                && !surroundings.variable("TERM").equals("dumb");
    }
}
