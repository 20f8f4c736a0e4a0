package dev.bulla.trust.json;

import java.util.OptionalLong;

/**
 * A JSON number, kept as it was written: {@code 1}, {@code 1.0} and {@code 1e0} are three different values to a signer.
 *
 * @param text as the grammar of RFC 8259 §6 allows, at most {@value #LONGEST} characters
 */
public record JsonNumber(String text) implements Json {
    /** The longest text of a number, as Python reads no longer integer either. */
    public static final int LONGEST = 4300;

    /**
     * Checks the grammar.
     *
     * @throws IllegalArgumentException when it is no JSON number
     */
    public JsonNumber {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a number of " + text.length() + " characters, at most " + LONGEST);
        }
        if (!isNumber(text)) {
            throw new IllegalArgumentException("not a JSON number: " + Excerpt.of(text));
        }
    }

    /** The number of this integer. */
    public static JsonNumber of(long value) {
        return new JsonNumber(Long.toString(value));
    }

    /** Whether it is written as an integer: neither fraction nor exponent. */
    public boolean isInteger() {
        for (var i = 0; i < text.length(); i++) {
            if (".eE".indexOf(text.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Its value when it is written as an integer and fits. */
    public OptionalLong asLong() {
        if (!isInteger() || text.length() > 20) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException beyondLong) {
            return OptionalLong.empty(); // Twenty characters may still be over 2^63.
        }
    }

    private static boolean isNumber(String text) {
        var start = text.startsWith("-") ? 1 : 0;
        var end = digits(text, start);
        if (end == start || (text.charAt(start) == '0' && end > start + 1)) {
            return false;
        }
        if (end < text.length() && text.charAt(end) == '.') {
            var fraction = end + 1;
            end = digits(text, fraction);
            if (end == fraction) {
                return false;
            }
        }
        if (end < text.length() && (text.charAt(end) | 0x20) == 'e') {
            var sign = end + 1;
            var exponent = sign < text.length() && "+-".indexOf(text.charAt(sign)) >= 0 ? sign + 1 : sign;
            end = digits(text, exponent);
            if (end == exponent) {
                return false;
            }
        }
        return end == text.length();
    }

    /** The end of the run of ASCII digits that starts here. */
    private static int digits(String text, int from) {
        var end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
