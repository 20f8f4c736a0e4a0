package dev.bulla.trust.keys;

import dev.bulla.trust.curve.KnownKey;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Verifications under one key: the first ones by the provider, the many after them by tables, whose making costs as
 * much as some two hundred save. Both accept the same. Safe to share; the thread that is the last of the first makes
 * the tables while others go on.
 */
final class Verifying {
    /** How many verifications a key must have had. */
    static final int USES_BEFORE_TABLES = 64;

    private final byte[] key;
    private final Function<byte[], Optional<KnownKey>> tables;
    private final Prepared provider;
    private final AtomicInteger uses = new AtomicInteger();
    private volatile @Nullable KnownKey known;

    /** For this key, with this maker of tables, which may have none. */
    Verifying(byte[] key, Function<byte[], Optional<KnownKey>> tables) {
        this.key = key;
        this.tables = tables;
        this.provider = new Prepared(() -> Ed25519Provider.chosen().verifying(key));
    }

    /**
     * Whether the equation holds, the encodings of key and signature being strict.
     *
     * @throws java.security.InvalidKeyException or {@link java.security.spec.InvalidKeySpecException} when the key is
     *     no point
     */
    boolean verify(byte[] message, byte[] signed) throws GeneralSecurityException {
        var ready = known;
        if (ready != null) {
            return ready.verify(message, signed);
        }
        if (uses.incrementAndGet() == USES_BEFORE_TABLES) {
            known = tables.apply(key).orElse(null);
        }
        return provider.verify(message, signed);
    }

    boolean usesTables() {
        return known != null;
    }
}
