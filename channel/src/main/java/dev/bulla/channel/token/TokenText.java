package dev.bulla.channel.token;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/** The written form of a token: see the package's description. */
final class TokenText {
    static final String PREFIX = "bulla-";
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int BODY_LENGTH = 30;
    private static final int CHECK_LENGTH = 6;

    private TokenText() {}

    static String generate(RandomGenerator random) {
        var start = new StringBuilder(PREFIX);
        for (var i = 0; i < BODY_LENGTH; i++) {
            start.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return start + check(start.toString());
    }

    static boolean isWellFormed(String text) {
        var checkAt = PREFIX.length() + BODY_LENGTH;
        return text.length() == checkAt + CHECK_LENGTH
                && text.startsWith(PREFIX)
                && text.chars().skip(PREFIX.length()).allMatch(c -> ALPHABET.indexOf(c) >= 0)
                && text.substring(checkAt).equals(check(text.substring(0, checkAt)));
    }

    /** The six characters that follow these. */
    static String check(String start) {
        var crc = new CRC32();
        crc.update(start.getBytes(StandardCharsets.US_ASCII));
        var digits = new StringBuilder();
        for (var rest = crc.getValue(); digits.length() < CHECK_LENGTH; rest /= ALPHABET.length()) {
            digits.append(ALPHABET.charAt((int) (rest % ALPHABET.length())));
        }
        return digits.reverse().toString();
    }
}
