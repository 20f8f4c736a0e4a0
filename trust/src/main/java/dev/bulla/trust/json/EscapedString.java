package dev.bulla.trust.json;

/** Reads the rest of one string that is not plain ASCII: escapes, and UTF-8 as RFC 3629 has it. Used once. */
final class EscapedString {
    private final byte[] text;
    private final StringBuilder value = new StringBuilder();
    private int at;

    /**
     * Goes on with a string.
     *
     * @param start where its first character is
     * @param plainEnd up to where it is plain ASCII
     */
    EscapedString(byte[] text, int start, int plainEnd) {
        this.text = text;
        this.at = start;
        while (at < plainEnd) {
            value.append((char) text[at++]);
        }
    }

    /** The position after the closing quote. */
    int end() {
        return at;
    }

    String read() {
        while (true) {
            var b = next("the end of the string");
            if (b == '"') {
                return value.toString();
            }
            if (b == '\\') {
                escape();
            } else if (b < 0x20) {
                throw new JsonException(at - 1, String.format("control character 0x%02x in a string", b));
            } else if (b < 0x80) {
                value.append((char) b);
            } else {
                multibyte(b);
            }
        }
    }

    private void escape() {
        switch (next("an escape")) {
            case '"' -> value.append('"');
            case '\\' -> value.append('\\');
            case '/' -> value.append('/');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'n' -> value.append('\n');
            case 'r' -> value.append('\r');
            case 't' -> value.append('\t');
            case 'u' -> value.append(fourDigits());
            default -> throw new JsonException(at - 1, "unknown escape, expected one of \"\\/bfnrtu");
        }
    }

    private char fourDigits() {
        var code = 0;
        for (var i = 0; i < 4; i++) {
            var b = next("four hex digits");
            var digit = b < 0x80 ? Character.digit(b, 16) : -1;
            if (digit < 0) {
                throw new JsonException(at - 1, "no hex digit, expected four after \\u");
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    /** RFC 3629 §4: no overlong form, no surrogate, nothing beyond U+10FFFF. */
    private void multibyte(int lead) {
        var start = at - 1;
        var more =
                lead >= 0xC2 && lead < 0xE0 ? 1 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xF0 && lead < 0xF5 ? 3 : 0;
        var code = lead & (0x3F >> more);
        for (var i = 0; i < more; i++) {
            var b = next("the rest of a UTF-8 sequence");
            if ((b & 0xC0) != 0x80) {
                throw new JsonException(start, "not UTF-8");
            }
            code = code << 6 | (b & 0x3F);
        }
        var smallest = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
        if (more == 0 || code < smallest || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
            throw new JsonException(start, "not UTF-8");
        }
        value.appendCodePoint(code);
    }

    private int next(String expected) {
        if (at >= text.length) {
            throw new JsonException(at, "the text ends, expected " + expected);
        }
        return text[at++] & 0xFF;
    }
}
