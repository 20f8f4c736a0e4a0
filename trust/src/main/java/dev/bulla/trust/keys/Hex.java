package dev.bulla.trust.keys;

import dev.bulla.trust.json.Excerpt;
import java.util.HexFormat;

/** Lower-case hex of a fixed length. Upper case is refused: a key is looked up by its text. */
final class Hex {
    private static final HexFormat LOWER = HexFormat.of();

    private Hex() {}

    static byte[] parse(String what, String hex, int lengthBytes) {
        if (hex.length() != 2 * lengthBytes || !isLowerHex(hex)) {
            throw new IllegalArgumentException(
                    what + ": " + 2 * lengthBytes + " lower-case hex digits expected, not \"" + Excerpt.of(hex) + "\"");
        }
        return LOWER.parseHex(hex);
    }

    static String format(byte[] bytes) {
        return LOWER.formatHex(bytes);
    }

    private static boolean isLowerHex(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
