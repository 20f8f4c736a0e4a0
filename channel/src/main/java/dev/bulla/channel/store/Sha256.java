package dev.bulla.channel.store;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest: the address of stored bytes.
 *
 * @param hex 64 lower-case hexadecimal characters
 */
public record Sha256(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    /** Checks the form. */
    public Sha256 {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a SHA-256 is 64 lower-case hexadecimal characters, not: " + hex);
        }
    }

    /** The digest of these 32 bytes. */
    public static Sha256 of(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
