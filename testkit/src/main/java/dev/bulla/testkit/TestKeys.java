package dev.bulla.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.trust.keys.SigningKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Ed25519 keys that are the same in every run, and therefore secret to nobody. */
public final class TestKeys {
    private TestKeys() {}

    /** The key of this label: its seed is the SHA-256 of {@code bulla test key } and the label. */
    public static SigningKey of(String label) {
        try {
            var text = "bulla test key " + label;
            return SigningKey.ofSeed(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key of a root. */
    public static SigningKey root() {
        return of("root");
    }

    /** The key of a key_mgr. */
    public static SigningKey keyMgr() {
        return of("key_mgr");
    }

    /** The key that signs packages. */
    public static SigningKey pkgMgr() {
        return of("pkg_mgr");
    }

    /** A key that nobody delegated to. */
    public static SigningKey stranger() {
        return of("stranger");
    }
}
