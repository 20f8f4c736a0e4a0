package dev.bulla.trust.keys;

import java.util.Arrays;

/** An Ed25519 signature: 64 bytes, R and S. That it is well-formed hex says nothing about its being valid. */
public final class Signature {
    /** The length in bytes. */
    public static final int LENGTH = 64;

    private final byte[] bytes;

    private Signature(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Of these bytes.
     *
     * @throws IllegalArgumentException when they are not {@value #LENGTH}
     */
    public static Signature of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("signature: " + LENGTH + " bytes expected, not " + bytes.length);
        }
        return new Signature(bytes.clone());
    }

    /**
     * Reads 128 lower-case hex digits.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    public static Signature parse(String hex) {
        return new Signature(Hex.parse("signature", hex, LENGTH));
    }

    /** The 128 lower-case hex digits. */
    public String hex() {
        return Hex.format(bytes);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes themselves, for this package, which does not change them. */
    byte[] view() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signature that && Arrays.equals(bytes, that.bytes);
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
