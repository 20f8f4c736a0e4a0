package dev.bulla.trust.keys;

import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The self-test of whatever does the arithmetic: the first three test vectors of RFC 8032 §7.1, signed, verified, and
 * spoiled.
 */
final class KnownAnswers {
    private static final Answer[] ANSWERS = {
        new Answer(
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
        new Answer(
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
        new Answer(
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
    };

    private KnownAnswers() {}

    /** Verifies under one key. */
    @FunctionalInterface
    interface Verifier {
        boolean verify(byte[] message, byte[] signature) throws GeneralSecurityException;
    }

    /** Makes a verifier ready for a key. */
    @FunctionalInterface
    interface VerifierOf {
        Verifier key(byte[] key) throws GeneralSecurityException;
    }

    /** @throws GeneralSecurityException when one answer is not the known one */
    static void check(Ed25519Provider provider) throws GeneralSecurityException {
        for (var answer : ANSWERS) {
            answer.checkSigning(provider);
        }
        check(key -> new Prepared(() -> provider.verifying(key))::verify);
    }

    /** @throws GeneralSecurityException when one answer is not the known one */
    static void check(VerifierOf verifiers) throws GeneralSecurityException {
        for (var answer : ANSWERS) {
            answer.checkVerifying(verifiers);
        }
    }

    private record Answer(String seed, String publicKey, String message, String signature) {
        void checkSigning(Ed25519Provider provider) throws GeneralSecurityException {
            var signing = new Prepared(() -> provider.signing(HexFormat.of().parseHex(seed)));
            if (!Arrays.equals(
                    signing.sign(HexFormat.of().parseHex(message)),
                    HexFormat.of().parseHex(signature))) {
                throw new SignatureException("signs otherwise than RFC 8032");
            }
        }

        void checkVerifying(VerifierOf verifiers) throws GeneralSecurityException {
            var hex = HexFormat.of();
            var verifier = verifiers.key(hex.parseHex(publicKey));
            if (!verifier.verify(hex.parseHex(message), hex.parseHex(signature))) {
                throw new SignatureException("refuses a signature of RFC 8032");
            }
            if (verifier.verify(hex.parseHex(message + "00"), hex.parseHex(signature))) {
                throw new SignatureException("accepts a signature of another message");
            }
        }
    }
}
