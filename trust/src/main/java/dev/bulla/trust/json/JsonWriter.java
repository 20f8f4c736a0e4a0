package dev.bulla.trust.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes one value as bytes: canonically in a dialect, or compactly without one. Not safe to share; used once. */
final class JsonWriter {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final @Nullable Dialect dialect;
    private byte[] bytes = new byte[1024];
    private int length;
    private int depth;

    private JsonWriter(@Nullable Dialect dialect) {
        this.dialect = dialect;
    }

    static byte[] canonical(Json value, Dialect dialect) {
        return new JsonWriter(dialect).write(value);
    }

    static byte[] compact(Json value) {
        return new JsonWriter(null).write(value);
    }

    private byte[] write(Json value) {
        value(value);
        return Arrays.copyOf(bytes, length);
    }

    private void value(Json value) {
        switch (value) {
            case JsonObject object -> object(object);
            case JsonArray array -> array(array);
            case JsonString string -> string(string.value());
            case JsonNumber number -> ascii(dialect == null ? number.text() : Numbers.canonical(number, dialect));
            case JsonBoolean bool -> ascii(bool.value() ? "true" : "false");
            case JsonNull _ -> ascii("null");
        }
    }

    private void object(JsonObject object) {
        if (object.members().isEmpty()) {
            ascii("{}");
            return;
        }
        open('{');
        var first = true;
        for (var member : dialect == null ? object.members().entrySet() : NameOrder.sorted(object)) {
            next(first);
            first = false;
            string(member.getKey());
            put(':');
            if (dialect != null) {
                put(' ');
            }
            value(member.getValue());
        }
        close('}');
    }

    private void array(JsonArray array) {
        if (array.elements().isEmpty()) {
            ascii("[]");
            return;
        }
        open('[');
        var first = true;
        for (var element : array.elements()) {
            next(first);
            first = false;
            value(element);
        }
        close(']');
    }

    private void open(char bracket) {
        if (++depth > JsonLimits.DEEPEST) {
            throw new JsonException("nested deeper than " + JsonLimits.DEEPEST);
        }
        put(bracket);
    }

    private void next(boolean first) {
        if (!first) {
            put(',');
        }
        line();
    }

    private void close(char bracket) {
        depth--;
        line();
        put(bracket);
    }

    private void line() {
        if (dialect == null) {
            return;
        }
        ensure(1 + 2 * depth);
        bytes[length++] = '\n';
        Arrays.fill(bytes, length, length + 2 * depth, (byte) ' ');
        length += 2 * depth;
    }

    private void string(String text) {
        put('"');
        var from = 0;
        while (from < text.length()) {
            from = plain(text, from);
            if (from < text.length()) {
                from += special(text, from);
            }
        }
        put('"');
    }

    /** Writes the run of characters from here that stand for themselves; returns where it ends. */
    private int plain(String text, int from) {
        ensure(text.length() - from);
        var to = bytes;
        var at = length;
        var i = from;
        for (; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < ' ' || c >= 0x7F || c == '"' || c == '\\') {
                break;
            }
            to[at++] = (byte) c;
        }
        length = at;
        return i;
    }

    /** Writes what does not stand for itself; returns how many UTF-16 units it took. */
    private int special(String text, int i) {
        var c = text.charAt(i);
        switch (c) {
            case '"', '\\' -> escape(c);
            case '\b' -> escape('b');
            case '\f' -> escape('f');
            case '\n' -> escape('n');
            case '\r' -> escape('r');
            case '\t' -> escape('t');
            default -> {
                if (c < ' ' || dialect == Dialect.CONDA) {
                    unicodeEscape(c);
                    return 1;
                }
                return utf8(text.codePointAt(i));
            }
        }
        return 1;
    }

    private void escape(char c) {
        put('\\');
        put(c);
    }

    private void unicodeEscape(char c) {
        ensure(6);
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        for (var shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[c >> shift & 0xF];
        }
    }

    private int utf8(int code) {
        ensure(4);
        if (code >= 0xD800 && code < 0xE000) {
            if (dialect == Dialect.LIBMAMBA) {
                throw new JsonException(String.format("a lone surrogate U+%04X has no form in UTF-8", code));
            }
            unicodeEscape((char) code);
            return 1;
        }
        if (code < 0x80) {
            put((char) code);
        } else if (code < 0x800) {
            bytes[length++] = (byte) (0xC0 | code >> 6);
            continuation(code);
        } else if (code < 0x10000) {
            bytes[length++] = (byte) (0xE0 | code >> 12);
            continuation(code >> 6);
            continuation(code);
        } else {
            bytes[length++] = (byte) (0xF0 | code >> 18);
            continuation(code >> 12);
            continuation(code >> 6);
            continuation(code);
        }
        return Character.charCount(code);
    }

    private void continuation(int code) {
        bytes[length++] = (byte) (0x80 | (code & 0x3F));
    }

    private void ascii(String text) {
        ensure(text.length());
        for (var i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    private void put(char c) {
        ensure(1);
        bytes[length++] = (byte) c;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
