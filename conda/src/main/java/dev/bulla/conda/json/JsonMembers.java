package dev.bulla.conda.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A JSON object as its members' compact texts, sorted by name. Immutable. */
public final class JsonMembers {
    /** Compares as Python sorts names, and as bytes of UTF-8 compare. */
    private static final Comparator<String> BY_CODE_POINT = JsonMembers::byCodePoint;

    /** The object without members. */
    public static final JsonMembers EMPTY = new JsonMembers(new TreeMap<>(BY_CODE_POINT));

    private final SortedMap<String, String> texts;

    private JsonMembers(SortedMap<String, String> texts) {
        this.texts = Collections.unmodifiableSortedMap(texts);
    }

    private static int byCodePoint(String one, String other) {
        var common = Math.min(one.length(), other.length());
        for (var i = 0; i < common; i++) {
            if (one.charAt(i) != other.charAt(i)) {
                return Integer.compare(rank(one.charAt(i)), rank(other.charAt(i)));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** Halves of code points over FFFF come after all others; as chars they do not. */
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }

    /** The object that these bytes are. */
    public static JsonMembers parse(byte[] utf8, JsonBounds bounds) {
        return StrictJson.read(utf8, bounds, parser -> {
            parser.nextToken();
            return new JsonMembers(members(parser));
        });
    }

    /** The compact text of the JSON value that these bytes are. */
    public static String compact(byte[] utf8, JsonBounds bounds) {
        return StrictJson.read(utf8, bounds, parser -> {
            if (parser.nextToken() == null) {
                throw new InvalidJsonException("no value");
            }
            return compact(parser);
        });
    }

    /** Whether there is a member of this name, be it null. */
    public boolean has(String name) {
        return texts.containsKey(name);
    }

    /** The compact text of a member. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /** The member's value if there is one; another kind than a string is refused. */
    public Optional<String> string(String name) {
        return text(name).map(StrictJson::string);
    }

    /** The member's values if there is one; another kind than a list of strings is refused. */
    public Optional<List<String>> strings(String name) {
        return text(name).map(StrictJson::strings);
    }

    /** The member's value if there is one; another kind than a whole number of 64 bits is refused. */
    public Optional<Long> integer(String name) {
        return text(name).map(JsonMembers::integerOf);
    }

    private static long integerOf(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidJsonException("expected a whole number");
        }
    }

    /** The members' names, sorted. */
    public Iterable<String> names() {
        return texts.keySet();
    }

    /** The same with one member set to this compact JSON text, which is trusted to be that. */
    public JsonMembers with(String name, String text) {
        var changed = new TreeMap<>(texts);
        changed.put(name, text);
        return new JsonMembers(changed);
    }

    /** The same without these members. */
    public JsonMembers without(Iterable<String> names) {
        var changed = new TreeMap<>(texts);
        names.forEach(changed::remove);
        return new JsonMembers(changed);
    }

    /** The compact text of a string. */
    public static String quoted(String string) {
        var out = new StringBuilder(string.length() + 2);
        quote(string, out);
        return out.toString();
    }

    /** The whole object, compact, in UTF-8. */
    public byte[] utf8() {
        return toString().getBytes(UTF_8);
    }

    /** The whole object, compact. */
    @Override
    public String toString() {
        return texts.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonMembers members && texts.equals(members.texts);
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }

    private static SortedMap<String, String> members(JsonParser parser) throws IOException {
        StrictJson.expect(parser, JsonToken.START_OBJECT, "an object");
        var members = new TreeMap<String, String>(BY_CODE_POINT);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            members.put(name, compact(parser));
        }
        return members;
    }

    private static String compact(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> new JsonMembers(members(parser)).toString();
            case START_ARRAY -> compactArray(parser);
            case VALUE_STRING -> quoted(parser.getText());
            default -> parser.getText();
        };
    }

    private static String compactArray(JsonParser parser) throws IOException {
        var out = new StringBuilder("[");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            out.append(out.length() == 1 ? "" : ",").append(compact(parser));
        }
        return out.append(']').toString();
    }

    private static void quote(String string, StringBuilder out) {
        out.append('"');
        string.codePoints().forEach(point -> escape(point, out));
        out.append('"');
    }

    private static void escape(int point, StringBuilder out) {
        switch (point) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (point < ' ') {
                    out.append(point < 16 ? "\\u000" : "\\u00").append(Integer.toHexString(point));
                } else if (Character.getType(point) == Character.SURROGATE) {
                    throw new InvalidJsonException("a string with half a surrogate pair");
                } else {
                    out.appendCodePoint(point);
                }
            }
        }
    }
}
