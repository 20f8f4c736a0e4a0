package dev.bulla.cli.config;

import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;

/** Reads one TOML file into values, and says everything that is wrong with it at once. */
final class ConfigFile {
    private static final long LIMIT_BYTES = 1 << 20;
    private static final String FILE_SUFFIX = "-file";

    private final Path path;
    private final Map<Key, Value> values = new EnumMap<>(Key.class);
    private final List<Problem> problems = new ArrayList<>();

    private ConfigFile(Path path) {
        this.path = path;
    }

    static ConfigFile read(Path path) {
        var file = new ConfigFile(path);
        file.parse(file.text());
        return file;
    }

    Map<Key, Value> values() {
        return values;
    }

    List<Problem> problems() {
        return problems;
    }

    private String text() {
        try {
            if (Files.size(path) > LIMIT_BYTES) {
                throw new ProblemException(Code.BAD_CONFIG, path + ": longer than 1 MiB");
            }
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            throw new ProblemException(Code.BAD_CONFIG, path + ": the file is not UTF-8", e);
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, path + ": " + e, e);
        }
    }

    private void parse(String text) {
        TomlParseResult toml = Toml.parse(text);
        toml.errors()
                .forEach(e -> bad(
                        e.position().line(), Optional.ofNullable(e.getMessage()).orElse("not TOML")));
        if (!problems.isEmpty()) {
            return;
        }
        for (String name : toml.keySet()) {
            int line = lineOf(toml, name);
            Optional<String> value = text(toml.get(List.of(name)));
            if (value.isEmpty()) {
                bad(line, "%s: a text, number, boolean or list of texts is expected".formatted(name));
            } else {
                put(name, value.orElseThrow(), line);
            }
        }
    }

    private void put(String name, String value, int line) {
        Optional<Key> key = Key.of(name);
        if (key.isPresent()) {
            values.put(key.orElseThrow(), new Value(value, path + ":" + line));
            return;
        }
        Optional<Key> secret = Optional.of(name)
                .filter(text -> text.endsWith(FILE_SUFFIX))
                .flatMap(text -> Key.of(text.substring(0, text.length() - FILE_SUFFIX.length())))
                .filter(Key::secret);
        if (secret.isPresent()) {
            values.put(secret.orElseThrow(), SecretFile.read(Path.of(value)));
            return;
        }
        bad(line, "unknown key %s%s".formatted(name, suggestion(name)));
    }

    private static int lineOf(TomlParseResult toml, String name) {
        var position = toml.inputPositionOf(List.of(name));
        return position == null ? 0 : position.line();
    }

    private static Optional<String> text(@Nullable Object value) {
        return switch (value) {
            case String string -> Optional.of(string);
            case Long number -> Optional.of(number.toString());
            case Boolean bool -> Optional.of(bool.toString());
            case TomlArray array
            when array.toList().stream().allMatch(String.class::isInstance) ->
                Optional.of(String.join(
                        ",", array.toList().stream().map(Object::toString).toList()));
            case null, default -> Optional.empty();
        };
    }

    private static String suggestion(String name) {
        List<String> known = Arrays.stream(Key.values())
                .flatMap(key -> key.secret() ? Stream.of(key.text(), key.text() + FILE_SUFFIX) : Stream.of(key.text()))
                .toList();
        return Suggestion.nearest(name, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }

    private void bad(int line, String what) {
        problems.add(new Problem(Code.BAD_CONFIG, path + ":" + line + ": " + what));
    }
}
