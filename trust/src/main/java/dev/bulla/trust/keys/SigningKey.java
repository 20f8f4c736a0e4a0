package dev.bulla.trust.keys;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * An Ed25519 private key in memory, made of its 32-byte seed. It never shows the seed but through {@link #seedHex()}.
 * Safe to share between threads.
 */
public final class SigningKey implements Signer {
    /** The length of the seed in bytes. */
    public static final int SEED_LENGTH = 32;

    private final byte[] seed;
    private final PublicKey publicKey;
    private final Prepared signing;

    private SigningKey(byte[] seed) throws GeneralSecurityException {
        this.seed = seed;
        this.publicKey = publicKeyOf(seed);
        this.signing = new Prepared(() -> Ed25519Provider.chosen().signing(seed));
        var probe = publicKey.bytes();
        if (!Ed25519.verify(publicKey, probe, Signature.of(signing.sign(probe)))) {
            throw new IllegalStateException("the seed and the public key made from it do not fit");
        }
    }

    /** A new key. The source must be a {@link SecureRandom} anywhere but in a test. */
    public static SigningKey generate(RandomGenerator random) {
        var seed = new byte[SEED_LENGTH];
        random.nextBytes(seed);
        return ofSeed(seed);
    }

    /**
     * The key of this seed.
     *
     * @throws IllegalArgumentException when it is not of {@value #SEED_LENGTH} bytes
     */
    public static SigningKey ofSeed(byte[] seed) {
        if (seed.length != SEED_LENGTH) {
            throw new IllegalArgumentException("seed: " + SEED_LENGTH + " bytes expected, not " + seed.length);
        }
        try {
            return new SigningKey(seed.clone());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("Ed25519 is unavailable: " + Ed25519.provider(), broken);
        }
    }

    /**
     * The key of a seed as {@link #seedHex()} wrote it.
     *
     * @throws IllegalArgumentException when it is anything but 64 lower-case hex digits; the message does not repeat it
     */
    public static SigningKey parse(String seedHex) {
        if (!seedHex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("seed: 64 lower-case hex digits expected, not " + seedHex.length()
                    + " characters of something else");
        }
        return ofSeed(Hex.parse("seed", seedHex, SEED_LENGTH));
    }

    /** The secret, 64 lower-case hex digits: for the key file and for nothing else. */
    public String seedHex() {
        return Hex.format(seed);
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public Signature sign(byte[] message) {
        try {
            return Signature.of(signing.sign(message));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("Ed25519 is unavailable: " + Ed25519.provider(), broken);
        }
    }

    /** Silent about the seed. */
    @Override
    public String toString() {
        return "SigningKey of " + publicKey;
    }

    /**
     * JCA has no call for it, but the JDK's generator takes its only random bytes as the seed; checked, not trusted.
     */
    private static PublicKey publicKeyOf(byte[] seed) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(Ed25519Provider.ALGORITHM, "SunEC");
        generator.initialize(NamedParameterSpec.ED25519, new SeedOnce(seed));
        var pair = generator.generateKeyPair();
        if (!Arrays.equals(((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow(), seed)) {
            throw new GeneralSecurityException("the JDK's generator does not take the seed it is given");
        }
        var encoded = pair.getPublic().getEncoded(); // X.509: the 32 bytes are the last ones.
        return PublicKey.of(Arrays.copyOfRange(encoded, encoded.length - PublicKey.LENGTH, encoded.length));
    }

    /** A "random" source that gives the seed. */
    private static final class SeedOnce extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        SeedOnce(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("asked for " + bytes.length + " bytes, not for a seed");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
