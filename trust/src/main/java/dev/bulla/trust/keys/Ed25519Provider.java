package dev.bulla.trust.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/**
 * A JCA provider of Ed25519 that gave the known answers. Keys are always decoded by the JDK, which every provider
 * accepts; a provider is asked by name and never registered, so nothing else in the process changes.
 */
final class Ed25519Provider {
    static final String ALGORITHM = "Ed25519";

    private static final String JDK = "SunEC";
    private static final String ACCP = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    /** What stands before the 32 bytes of a public key in its X.509 form (RFC 8410 §4). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final Provider provider;
    private final String description;

    Ed25519Provider(Provider provider, String note) {
        this.provider = provider;
        this.description = provider.getName() + " " + provider.getVersionStr() + note;
    }

    /** The provider in use, found at first use. */
    static Ed25519Provider chosen() {
        return Chosen.PROVIDER;
    }

    /** The JDK's own. */
    static Ed25519Provider jdk(String note) {
        var provider = Security.getProvider(JDK);
        if (provider == null) {
            throw new IllegalStateException("this JDK has no provider " + JDK + ", which every key needs");
        }
        return new Ed25519Provider(provider, note);
    }

    /**
     * Amazon's, which is several times faster.
     *
     * @throws ReflectiveOperationException when it is not on the class path
     * @throws LinkageError when its native library does not load here
     */
    static Ed25519Provider amazon() throws ReflectiveOperationException {
        var provider = (Provider) Class.forName(ACCP).getField("INSTANCE").get(null);
        if (provider == null) {
            throw new ReflectiveOperationException(ACCP + " has no instance");
        }
        return new Ed25519Provider(provider, "");
    }

    /** Where a faster provider comes from. */
    @FunctionalInterface
    interface Source {
        Ed25519Provider provider() throws ReflectiveOperationException;
    }

    /** The faster one where it is there and passes the self-test, else the JDK's with the reason noted. */
    static Ed25519Provider preferring(Source faster) {
        try {
            var provider = faster.provider();
            KnownAnswers.check(provider);
            return provider;
        } catch (ClassNotFoundException absent) {
            return checkedJdk("");
        } catch (ReflectiveOperationException | LinkageError | GeneralSecurityException | RuntimeException refused) {
            return checkedJdk(" (the faster provider is not used: " + refused + ")");
        }
    }

    private static Ed25519Provider checkedJdk(String note) {
        var jdk = jdk(note);
        try {
            KnownAnswers.check(jdk);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(jdk.description() + " fails the self-test of Ed25519", broken);
        }
        return jdk;
    }

    String description() {
        return description;
    }

    /** A JCA object that is ready to sign with this seed. */
    java.security.Signature signing(byte[] seed) throws GeneralSecurityException {
        var signature = java.security.Signature.getInstance(ALGORITHM, provider);
        signature.initSign(privateKey(seed));
        return signature;
    }

    /** A JCA object that is ready to verify under this key. */
    java.security.Signature verifying(byte[] publicKey) throws GeneralSecurityException {
        var encoded = new byte[X509_PREFIX.length + publicKey.length];
        System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
        System.arraycopy(publicKey, 0, encoded, X509_PREFIX.length, publicKey.length);
        var key = KeyFactory.getInstance(ALGORITHM, JDK).generatePublic(new X509EncodedKeySpec(encoded));
        var signature = java.security.Signature.getInstance(ALGORITHM, provider);
        signature.initVerify(key);
        return signature;
    }

    private static PrivateKey privateKey(byte[] seed) throws GeneralSecurityException {
        return KeyFactory.getInstance(ALGORITHM, JDK)
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    }

    /** Finds the provider once, when the first key is used. */
    private static final class Chosen {
        private static final Ed25519Provider PROVIDER = preferring(Ed25519Provider::amazon);
    }
}
