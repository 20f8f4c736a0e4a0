package dev.bulla.trust.keys;

import java.util.Arrays;

/**
 * An Ed25519 public key: 32 bytes, the encoding of a point. Any 32 bytes can be held; whether they are a key at all is
 * decided when something is verified with them. Safe to share, and made to be: it keeps its decoded form, and when
 * it is much used, half a megabyte that makes it fast.
 */
public final class PublicKey {
    /** The length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;
    private final String hex;
    private final Verifying verifying;

    private PublicKey(byte[] bytes) {
        this.bytes = bytes;
        this.hex = Hex.format(bytes);
        this.verifying = new Verifying(bytes, Tables::of);
    }

    /**
     * Of these bytes.
     *
     * @throws IllegalArgumentException when they are not {@value #LENGTH}
     */
    public static PublicKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("public key: " + LENGTH + " bytes expected, not " + bytes.length);
        }
        return new PublicKey(bytes.clone());
    }

    /**
     * Reads 64 lower-case hex digits.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static PublicKey parse(String hex) {
        return new PublicKey(Hex.parse("public key", hex, LENGTH));
    }

    /** The 64 lower-case hex digits, which are also the key's id. */
    public String hex() {
        return hex;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes themselves, for this package, which does not change them. */
    byte[] view() {
        return bytes;
    }

    /** Verifications with this key, made ready once and used again. */
    Verifying verifying() {
        return verifying;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
