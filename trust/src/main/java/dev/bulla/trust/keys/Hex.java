package dev.bulla.trust.keys;

import dev.bulla.trust.json.Excerpt;
import java.util.HexFormat;

/** Lower-case hex of a fixed length. Upper case is refused: a key is looked up by its text. */
final class Hex {
    private static final HexFormat LOWER = HexFormat.of();

    private Hex() {}

    static byte[] parse(String what, String hex, int lengthBytes) {
        var bytes = new byte[lengthBytes];
        var all = 0; // Negative when one digit is none.
        for (var i = 0; i < lengthBytes && hex.length() == 2 * lengthBytes; i++) {
            var value = (digit(hex.charAt(2 * i)) << 4) | digit(hex.charAt(2 * i + 1));
            bytes[i] = (byte) value;
            all |= value;
        }
        if (hex.length() != 2 * lengthBytes || all < 0) {
            throw new IllegalArgumentException(
                    what + ": " + 2 * lengthBytes + " lower-case hex digits expected, not \"" + Excerpt.of(hex) + "\"");
        }
        return bytes;
    }

    static String format(byte[] bytes) {
        return LOWER.formatHex(bytes);
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}
