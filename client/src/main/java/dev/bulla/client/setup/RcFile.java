package dev.bulla.client.setup;

import dev.bulla.client.update.DurableFile;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A {@code .condarc} or {@code .mambarc} as lines. Reads as much YAML as such files use — settings at the left edge, each
 * with one value or a list — and refuses the rest (SETUP_CONFLICT), because what it does not understand it must not edit.
 *
 * <p>Ours is a block of whole lines between {@link #BEGIN} and {@link #END}, and lines of lists that end in {@link #MARK}.
 */
final class RcFile {
    static final String BEGIN = "# >>> bulla client setup >>>";
    static final String END = "# <<< bulla client setup <<<";
    static final String MARK = "  # bulla client setup";

    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern SETTING = Pattern.compile("([A-Za-z_][A-Za-z0-9_-]*)\\s*:(\\s.*|)");
    private static final Pattern ITEM = Pattern.compile("(\\s*)-\\s+(.*)");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$");

    private final Path path;
    private final boolean exists;
    private final String lineEnd;
    private final List<String> lines;

    private RcFile(Path path, boolean exists, String lineEnd, List<String> lines) {
        this.path = path;
        this.exists = exists;
        this.lineEnd = lineEnd;
        this.lines = List.copyOf(lines);
    }

    /** Reads the file; a missing one has no lines. */
    static RcFile read(Path path) {
        var bytes = DurableFile.read(path, MAX_BYTES);
        if (bytes.isEmpty()) {
            return new RcFile(path, false, "\n", List.of());
        }
        var text = decode(path, bytes.get());
        var lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        // With the limit -1 a final line end gives a final empty part, so that joining gives back the same text.
        var file = new RcFile(path, true, lineEnd, List.of(text.split(lineEnd, -1)));
        file.refuseWhatIsNotUnderstood();
        return file;
    }

    boolean exists() {
        return exists;
    }

    Path path() {
        return path;
    }

    byte[] bytes() {
        return String.join(lineEnd, lines).getBytes(StandardCharsets.UTF_8);
    }

    /** True when there is nothing but line ends. */
    boolean isBlank() {
        return lines.stream().allMatch(String::isBlank);
    }

    /** The one value of a setting, without quotes; empty when it is not set or is a list. */
    Optional<String> value(String key) {
        var at = indexOf(key);
        if (at.isEmpty()) {
            return Optional.empty();
        }
        var text = valueText(lines.get(at.getAsInt()));
        return text.isEmpty() || text.startsWith("[") ? Optional.empty() : Optional.of(unquoted(text));
    }

    /** The entries of a list setting; empty when it is not set. A single value counts as a list of one. */
    List<String> list(String key) {
        var at = indexOf(key);
        if (at.isEmpty()) {
            return List.of();
        }
        var text = valueText(lines.get(at.getAsInt()));
        if (text.startsWith("[")) {
            return text.length() < 2 || !text.endsWith("]")
                    ? List.of()
                    : flowItems(text.substring(1, text.length() - 1));
        }
        return text.isEmpty() ? blockItems(at.getAsInt()) : List.of(unquoted(text));
    }

    boolean has(String key) {
        return indexOf(key).isPresent();
    }

    /** Each word outside comments, without quotes, brackets and commas: to look for an address wherever it may stand. */
    List<String> words() {
        return lines.stream()
                .map(RcFile::withoutComment)
                .flatMap(line -> Pattern.compile("[\\s\\[\\]{},\"']+").splitAsStream(line))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Puts an entry first into a list written as a block; refuses a list of any other form. */
    RcFile withFirstItem(String key, String item) {
        var at = indexOf(key).orElseThrow();
        if (!valueText(lines.get(at)).isEmpty()) {
            throw conflict(at, "write " + key + " as a list with one entry a line, so that " + item + " can be added");
        }
        var indent = firstItem(at).map(matcher -> matcher).orElse("  ");
        return withLines(inserted(at + 1, List.of(indent + "- " + item + MARK)));
    }

    /** Appends our block. */
    RcFile withBlock(List<String> inner) {
        var result = new ArrayList<>(lines);
        var openEnd = !result.isEmpty() && result.getLast().isEmpty();
        if (openEnd) {
            result.removeLast();
        }
        result.add(BEGIN + (exists && !openEnd && !lines.isEmpty() ? " (line end added)" : ""));
        result.addAll(inner);
        result.add(END);
        result.add("");
        return withLines(result);
    }

    /** The lines between our marks; empty when there is no block. */
    Optional<List<String>> block() {
        var begin = beginLine();
        return begin.isEmpty()
                ? Optional.empty()
                : Optional.of(lines.subList(begin.getAsInt() + 1, endLine(begin.getAsInt())));
    }

    /** The file as it was before our block and our marked entries came in. */
    RcFile withoutOurs() {
        var begin = beginLine();
        var result = new ArrayList<>(lines);
        if (begin.isPresent()) {
            var lineEndAdded = lines.get(begin.getAsInt()).endsWith("(line end added)");
            var after = endLine(begin.getAsInt()) + 1;
            result.subList(begin.getAsInt(), after).clear();
            if (lineEndAdded && !result.isEmpty() && result.getLast().isEmpty()) {
                result.removeLast();
            }
        }
        result.removeIf(line -> line.endsWith(MARK));
        return withLines(result);
    }

    /** A conflict with what stands at this setting. */
    ProblemException conflict(String key, String expected) {
        return conflict(indexOf(key).orElse(0), expected);
    }

    private ProblemException conflict(int index, String expected) {
        var line = index < lines.size() ? lines.get(index).strip() : "";
        return new ProblemException(
                Code.SETUP_CONFLICT, path + " line " + (index + 1) + ": \"" + line + "\" is in the way: " + expected);
    }

    private void refuseWhatIsNotUnderstood() {
        var seen = new ArrayList<String>();
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.isBlank() || line.startsWith("#") || line.startsWith(" ") || line.startsWith("- ")) {
                continue;
            }
            if (line.equals("---") && seen.isEmpty()) {
                continue;
            }
            var setting = SETTING.matcher(line);
            if (!setting.matches()) {
                throw conflict(i, "only simple settings, one at the start of each line, can be edited safely");
            }
            if (seen.contains(setting.group(1))) {
                throw conflict(i, setting.group(1) + " is set twice");
            }
            if (valueText(line).matches("[&*!].*")) {
                throw conflict(i, "anchors, aliases and tags cannot be edited safely");
            }
            seen.add(setting.group(1));
        }
    }

    private OptionalInt indexOf(String key) {
        for (var i = 0; i < lines.size(); i++) {
            var setting = SETTING.matcher(lines.get(i));
            if (setting.matches() && setting.group(1).equals(key)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private List<String> blockItems(int settingLine) {
        var items = new ArrayList<String>();
        for (var i = settingLine + 1; i < lines.size() && belongsToSetting(lines.get(i)); i++) {
            var item = ITEM.matcher(lines.get(i));
            if (item.matches()) {
                items.add(unquoted(withoutComment(item.group(2)).strip()));
            }
        }
        return items;
    }

    private Optional<String> firstItem(int settingLine) {
        for (var i = settingLine + 1; i < lines.size() && belongsToSetting(lines.get(i)); i++) {
            var item = ITEM.matcher(lines.get(i));
            if (item.matches()) {
                return Optional.of(item.group(1));
            }
        }
        return Optional.empty();
    }

    private static boolean belongsToSetting(String line) {
        return line.isBlank() || line.startsWith(" ") || line.startsWith("- ") || line.startsWith("#");
    }

    private static List<String> flowItems(String inner) {
        return Pattern.compile(",")
                .splitAsStream(inner)
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .map(RcFile::unquoted)
                .toList();
    }

    private OptionalInt beginLine() {
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(BEGIN)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private int endLine(int begin) {
        var end = lines.subList(begin, lines.size()).indexOf(END);
        if (end < 0) {
            throw conflict(begin, "the line that ends it, " + END + ", is gone: take the block out by hand");
        }
        return begin + end;
    }

    private List<String> inserted(int at, List<String> added) {
        var result = new ArrayList<>(lines);
        result.addAll(at, added);
        return result;
    }

    private RcFile withLines(List<String> newLines) {
        return new RcFile(path, exists, lineEnd, newLines);
    }

    private static String valueText(String line) {
        var setting = SETTING.matcher(line);
        return setting.matches() ? withoutComment(setting.group(2)).strip() : "";
    }

    private static String withoutComment(String text) {
        return COMMENT.matcher(text).replaceFirst("");
    }

    private static String unquoted(String text) {
        var quoted = text.length() >= 2
                && "\"'".indexOf(text.charAt(0)) >= 0
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static String decode(Path path, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(Code.SETUP_CONFLICT, path + " is not UTF-8 text", e);
        }
    }
}
