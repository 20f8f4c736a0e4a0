package dev.bulla.trust.keys;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.spec.InvalidKeySpecException;

/**
 * Verifies Ed25519 signatures, and accepts only what every verifier accepts. Verifiers differ on crafted keys and
 * signatures; one that ours took and a client did not (or the reverse) would be a channel that installs for some only.
 *
 * <p>A signature (R, S) of message M under key A is valid when
 *
 * <ol>
 *   <li>S is less than the order L of the base point;
 *   <li>A and R are canonical encodings: y is less than p;
 *   <li>neither A nor R is one of the eight points of small order;
 *   <li>[S]B = R + [k]A with k = SHA-512(R, A, M) mod L, without multiplying by the cofactor (RFC 8032 §5.1.7).
 * </ol>
 */
public final class Ed25519 {
    private Ed25519() {}

    /** Whether this is a valid signature of this message under this key. */
    public static boolean verify(PublicKey key, byte[] message, Signature signature) {
        var signed = signature.view();
        if (!Encodings.isStrictPoint(key.view(), 0)
                || !Encodings.isStrictPoint(signed, 0)
                || !Encodings.isReducedScalar(signed, 32)) {
            return false;
        }
        try {
            return key.verifying().verify(message, signed);
        } catch (InvalidKeyException | InvalidKeySpecException notOnTheCurve) {
            return false; // Half of all encodings are of no point; such a key signs nothing.
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("Ed25519 is unavailable: " + provider(), broken);
        }
    }

    /**
     * The provider that does the arithmetic of signing and of keys that are seldom used, with its version, and why it
     * is not the faster one if it is not. Much used keys are verified with our own tables; if those fail their
     * self-test, that is said too.
     */
    public static String provider() {
        return Ed25519Provider.chosen().description() + Tables.note();
    }
}
