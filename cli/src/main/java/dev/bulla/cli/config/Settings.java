package dev.bulla.cli.config;

import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What holds now: a value for every key, each with its origin. */
public final class Settings {
    private static final Path SYSTEM_FILE = Path.of("/etc/bulla/config.toml");

    /** Variables that are no keys: they steer the launcher and the look-up itself. */
    private static final List<String> OTHER_VARIABLES =
            List.of("BULLA_CONFIG", "BULLA_JAVA_HOME", "BULLA_JAVA_OPTS", "BULLA_STATE", "BULLA_TOKEN_FILE");

    private final Map<Key, Value> values = new EnumMap<>(Key.class);
    private final List<Problem> problems = new ArrayList<>();

    private Settings() {}

    /**
     * Looks everything up.
     *
     * @param flags what the command line said
     * @param variables the environment
     * @param named the file that {@code --config} names, if it was given
     * @throws ProblemException BAD_CONFIG for a secret's file, FILE_NOT_FOUND where a named file is not there; what is
     *     wrong inside a file is in {@link #problems()}
     */
    public static Settings load(Map<Key, String> flags, Map<String, String> variables, @Nullable Path named) {
        var settings = new Settings();
        for (Key key : Key.values()) {
            settings.values.put(key, new Value(key.defaultValue(), "default"));
        }
        files(variables, named).forEach(settings::addFile);
        settings.addVariables(variables);
        flags.forEach((key, text) -> settings.values.put(key, new Value(text, "--" + key.text())));
        settings.checkValues();
        return settings;
    }

    private void checkValues() {
        values.forEach((key, value) -> key.expected(value.text())
                .ifPresent(expected -> problems.add(new Problem(
                        Code.BAD_CONFIG,
                        "%s: %s is %s; expected %s".formatted(value.origin(), key.text(), value.text(), expected)))));
    }

    /** Where the user's own file is looked for. */
    public static Path userFolder(Map<String, String> variables) {
        String xdg = variables.getOrDefault("XDG_CONFIG_HOME", "");
        return xdg.isEmpty() ? Path.of(variables.getOrDefault("HOME", "."), ".config", "bulla") : Path.of(xdg, "bulla");
    }

    /** The value of {@code key}. */
    public Value value(Key key) {
        return Optional.ofNullable(values.get(key)).orElseThrow();
    }

    /** Everything that is wrong with the files and the environment. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Files from the weakest to the strongest. */
    private static List<Path> files(Map<String, String> variables, @Nullable Path flag) {
        String variable = variables.getOrDefault("BULLA_CONFIG", "");
        Path named = flag != null || variable.isEmpty() ? flag : Path.of(variable);
        if (named == null) {
            return List.of(SYSTEM_FILE, userFolder(variables).resolve("config.toml")).stream()
                    .filter(Files::exists)
                    .toList();
        }
        if (!Files.exists(named)) {
            throw new ProblemException(Code.FILE_NOT_FOUND, named + ": no such configuration file");
        }
        return List.of(named);
    }

    private void addFile(Path path) {
        ConfigFile file = ConfigFile.read(path);
        values.putAll(file.values());
        problems.addAll(file.problems());
    }

    private void addVariables(Map<String, String> variables) {
        for (Key key : Key.values()) {
            String file = key.secret() ? variables.getOrDefault(key.variable() + "_FILE", "") : "";
            if (!file.isEmpty()) {
                values.put(key, SecretFile.read(Path.of(file)));
            }
            String text = variables.getOrDefault(key.variable(), "");
            if (!text.isEmpty()) {
                values.put(key, new Value(text, key.variable()));
            }
        }
        var known = new TreeSet<>(OTHER_VARIABLES);
        Arrays.stream(Key.values()).map(Key::variable).forEach(known::add);
        for (String name : new TreeSet<>(variables.keySet())) {
            if (name.startsWith("BULLA_") && !known.contains(name) && !setByKubernetes(name)) {
                problems.add(new Problem(
                        Code.BAD_CONFIG,
                        "unknown variable " + name
                                + Suggestion.nearest(name, known)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse("")));
            }
        }
    }

    /** A service called {@code bulla} makes Kubernetes set such variables in every container. */
    private static boolean setByKubernetes(String name) {
        return name.startsWith("BULLA_SERVICE_") || name.startsWith("BULLA_PORT_");
    }
}
