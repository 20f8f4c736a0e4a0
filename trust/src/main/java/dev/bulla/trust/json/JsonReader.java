package dev.bulla.trust.json;

import dev.bulla.trust.json.JsonLimits.Duplicates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads one JSON text by recursive descent over its bytes. Not safe to share; used once. */
final class JsonReader {
    private final byte[] text;
    private final JsonLimits limits;
    private int at;
    private int depth;
    private int values;

    JsonReader(byte[] text, JsonLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    Json document() {
        if (text.length > limits.maxBytes()) {
            throw new JsonException(0, "a text of " + text.length + " bytes, at most " + limits.maxBytes());
        }
        if (text.length >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF) {
            throw new JsonException(0, "a byte order mark, expected a JSON value");
        }
        var value = value();
        skipSpace();
        if (at < text.length) {
            throw unexpected("the end of the text");
        }
        return value;
    }

    private Json value() {
        skipSpace();
        if (++values > limits.maxValues()) {
            throw new JsonException(at, "more than " + limits.maxValues() + " values");
        }
        return switch (peek("a JSON value")) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new JsonString(string());
            case 't' -> literal("true", JsonBoolean.TRUE);
            case 'f' -> literal("false", JsonBoolean.FALSE);
            case 'n' -> literal("null", JsonNull.NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            case 'N', 'I' -> throw new JsonException(at, "NaN and Infinity are no JSON numbers");
            default -> throw unexpected("a JSON value");
        };
    }

    private JsonObject object() {
        enter();
        var members = new LinkedHashMap<String, Json>();
        if (!closes('}', "a name or }")) {
            do {
                member(members);
            } while (continues('}', ", or }"));
        }
        depth--;
        return new JsonObject(new Members(members));
    }

    private void member(Map<String, Json> members) {
        skipSpace();
        var start = at;
        if (peek("a name") != '"') {
            throw unexpected("a name in quotes");
        }
        var name = string();
        skipSpace();
        if (peek(":") != ':') {
            throw unexpected(":");
        }
        at++;
        if (members.put(name, value()) != null && limits.duplicates() == Duplicates.REFUSED) {
            throw new JsonException(start, "duplicate name \"" + Excerpt.of(name) + "\"");
        }
    }

    private JsonArray array() {
        enter();
        var elements = new ArrayList<Json>();
        if (!closes(']', "a value or ]")) {
            do {
                elements.add(value());
            } while (continues(']', ", or ]"));
        }
        depth--;
        return new JsonArray(elements);
    }

    private void enter() {
        if (++depth > limits.maxDepth()) {
            throw new JsonException(at, "nested deeper than " + limits.maxDepth());
        }
        at++;
    }

    /** Whether the container that just opened closes at once. */
    private boolean closes(char close, String expected) {
        skipSpace();
        if (peek(expected) != close) {
            return false;
        }
        at++;
        return true;
    }

    /** Whether a comma follows; otherwise the container must close. */
    private boolean continues(char close, String expected) {
        skipSpace();
        var next = peek(expected);
        if (next != ',' && next != close) {
            throw unexpected(expected);
        }
        at++;
        return next == ',';
    }

    private JsonNumber number() {
        var start = at;
        while (at < text.length && isNumberPart(text[at])) {
            at++;
        }
        if (at < text.length && text[at] == 'I') {
            throw new JsonException(at, "NaN and Infinity are no JSON numbers");
        }
        try {
            return new JsonNumber(ascii(start, at));
        } catch (IllegalArgumentException noNumber) {
            throw new JsonException(start, String.valueOf(noNumber.getMessage()));
        }
    }

    private static boolean isNumberPart(byte b) {
        return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || (b | 0x20) == 'e';
    }

    private Json literal(String word, Json value) {
        for (var i = 0; i < word.length(); i++, at++) {
            if (at == text.length || text[at] != word.charAt(i)) {
                throw unexpected(word);
            }
        }
        return value;
    }

    /** The string that starts at the quote here. */
    private String string() {
        var start = ++at;
        while (at < text.length && isPlain(text[at])) {
            at++;
        }
        if (at < text.length && text[at] == '"') {
            return ascii(start, at++);
        }
        var slow = new EscapedString(text, start, at);
        var value = slow.read();
        at = slow.end();
        return value;
    }

    /** ASCII that stands for itself; bytes from 0x80 on are negative. */
    private static boolean isPlain(byte b) {
        return b >= 0x20 && b != '"' && b != '\\';
    }

    private String ascii(int from, int to) {
        return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private void skipSpace() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r')) {
            at++;
        }
    }

    private byte peek(String expected) {
        if (at >= text.length) {
            throw new JsonException(at, "the text ends, expected " + expected);
        }
        return text[at];
    }

    private JsonException unexpected(String expected) {
        if (at >= text.length) {
            return new JsonException(at, "the text ends, expected " + expected);
        }
        var found = text[at] > 0x20 && text[at] < 0x7F
                ? "'" + (char) text[at] + "'"
                : String.format("byte 0x%02x", text[at] & 0xFF);
        return new JsonException(at, found + ", expected " + expected);
    }
}
