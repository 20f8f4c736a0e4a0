package dev.bulla.trust.curve;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An Ed25519 public key that was made ready for thousands of signatures, at the price of half a megabyte and of some
 * hundred verifications. Immutable and safe to share.
 */
public final class KnownKey {
    private final byte[] encoded;
    private final Multiples negative;

    private KnownKey(byte[] encoded, Point point) {
        this.encoded = encoded;
        point.negate();
        this.negative = new Multiples(point);
    }

    /**
     * The key of these 32 bytes; empty when they encode no point of the curve.
     *
     * @param encoded its y must be below p
     */
    public static Optional<KnownKey> of(byte[] encoded) {
        var own = encoded.clone();
        return Point.decoded(own).map(point -> new KnownKey(own, point));
    }

    /**
     * Whether [S]B = R + [k]A with k = SHA-512(R, A, M) mod L, without multiplying by the cofactor (RFC 8032 §5.1.7).
     *
     * @param signature R and S, 64 bytes; R is compared as the one encoding of a point, S must be below L
     */
    public boolean verify(byte[] message, byte[] signature) {
        var sha512 = sha512();
        sha512.update(signature, 0, 32);
        sha512.update(encoded);
        sha512.update(message);
        var k = Scalar.reduced(sha512.digest());
        var r = new Point();
        Base.MULTIPLES.addTo(r, signature, 32);
        negative.addTo(r, k, 0);
        return Arrays.equals(r.encoded(), 0, 32, signature, 0, 32);
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("every JDK has SHA-512 but this one", broken);
        }
    }

    /** The base point's, made at first use. */
    private static final class Base {
        private static final Multiples MULTIPLES = new Multiples(
                Point.decoded(HexFormat.of().parseHex("58" + "66".repeat(31))).orElseThrow());
    }
}
