package dev.bulla.trust.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.trust.curve.KnownKey;
import java.math.BigInteger;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A key's way from the provider to the tables, and that nothing but the time changes on it. */
class MuchUsedKeyTest {
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);

    /** The JDK's provider and the tables, one key. */
    private record Both(Prepared jdk, KnownKey tables) {
        static Both of(byte[] key) {
            return new Both(
                    new Prepared(() -> Ed25519Provider.jdk("").verifying(key)),
                    KnownKey.of(key).orElseThrow());
        }

        /** Whether both accept; they must agree. */
        boolean accept(byte[] message, byte[] signature) throws Exception {
            var accepted = jdk.verify(message, signature);
            assertEquals(accepted, tables.verify(message, signature));
            return accepted;
        }
    }

    private static byte[] random(Random random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void the_tables_and_the_jdk_accept_and_refuse_the_same() throws Exception {
        var random = new Random(8032);
        for (var i = 0; i < 12; i++) {
            var signing = SigningKey.ofSeed(random(random, 32));
            var both = Both.of(signing.publicKey().bytes());
            for (var j = 0; j < 50; j++) {
                var message = random(random, 1 + random.nextInt(700));
                var signature = signing.sign(message).bytes();
                assertTrue(both.accept(message, signature));
                assertFalse(both.accept(message, flipped(signature, random.nextInt(255))), "a bit of y of R");
                assertFalse(both.accept(message, flipped(signature, 255)), "the sign of R");
                assertFalse(both.accept(message, flipped(signature, 256 + random.nextInt(252))), "a bit of S");
                assertFalse(both.accept(flipped(message, random.nextInt(8 * message.length)), signature));
            }
        }
    }

    @Test
    void under_the_identity_s_is_all_that_counts_and_each_digit_of_it_is_multiplied_rightly() {
        var identity = KnownKey.of(Edwards.IDENTITY.encoded()).orElseThrow();
        for (var digit = 0; digit < 256; digit++) {
            var s = new byte[32];
            Arrays.fill(s, (byte) digit);
            s[31] = 0x0F;
            var scalar = Edwards.fromLittleEndian(s);
            var r = Edwards.BASE.times(scalar).encoded();
            assertTrue(identity.verify(MESSAGE, join(r, scalar)), "digits of " + digit);
            assertFalse(identity.verify(MESSAGE, join(r, scalar.add(BigInteger.ONE))), "digits of " + digit);
        }
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        var flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    private static byte[] join(byte[] r, BigInteger s) {
        var bytes = Arrays.copyOf(r, 64);
        System.arraycopy(Edwards.littleEndian(s), 0, bytes, 32, 32);
        return bytes;
    }

    @Test
    void a_key_with_a_part_of_small_order_is_the_same_for_both() throws Exception {
        var secret = BigInteger.valueOf(987654321);
        var nonce = new BigInteger("9876543210987654321098765432109876543210");
        for (var i = 1; i < 8; i++) {
            var torsion = Edwards.ofOrderEight().times(BigInteger.valueOf(i));
            var a = Edwards.BASE.times(secret).plus(torsion).encoded();
            var both = Both.of(a);
            var accepted = 0;
            for (var j = 0; j < 40; j++) {
                var message = new byte[] {(byte) j};
                var r = Edwards.BASE.times(nonce).encoded();
                var s = nonce.add(Edwards.challenge(r, a, message).multiply(secret))
                        .mod(Edwards.L);
                accepted += both.accept(message, join(r, s)) ? 1 : 0;
            }
            assertTrue(accepted > 0 && accepted < 40, accepted + " of 40 with " + i + " times the torsion");
        }
    }

    @Test
    void the_tables_come_after_the_first_uses_and_not_before() throws Exception {
        var verifying = new Verifying(KEY.publicKey().bytes(), Tables::of);
        var signature = KEY.sign(MESSAGE).bytes();
        for (var i = 1; i < Verifying.USES_BEFORE_TABLES; i++) {
            assertTrue(verifying.verify(MESSAGE, signature));
        }
        assertFalse(verifying.usesTables());
        assertTrue(verifying.verify(MESSAGE, signature));
        assertTrue(verifying.usesTables());
        assertTrue(verifying.verify(MESSAGE, signature));
        assertFalse(verifying.verify(new byte[0], signature));
    }

    @Test
    void without_tables_the_provider_goes_on() throws Exception {
        var verifying = new Verifying(KEY.publicKey().bytes(), key -> Optional.empty());
        var signature = KEY.sign(MESSAGE).bytes();
        for (var i = 0; i < 2 * Verifying.USES_BEFORE_TABLES; i++) {
            assertTrue(verifying.verify(MESSAGE, signature));
            assertFalse(verifying.verify(new byte[0], signature));
        }
        assertFalse(verifying.usesTables());
    }

    @Test
    void a_key_that_is_no_point_stays_none_however_often_it_is_used() {
        var y = BigInteger.TWO;
        while (!Edwards.withY(y).isEmpty()) {
            y = y.add(BigInteger.ONE);
        }
        var key = PublicKey.of(Edwards.littleEndian(y));
        for (var i = 0; i < 2 * Verifying.USES_BEFORE_TABLES; i++) {
            assertFalse(Ed25519.verify(key, MESSAGE, KEY.sign(MESSAGE)));
        }
        assertFalse(key.verifying().usesTables());
    }

    @Test
    void many_threads_may_cross_the_threshold_at_once() throws Exception {
        var key = PublicKey.of(KEY.publicKey().bytes());
        var good = KEY.sign(MESSAGE);
        var bad = Signature.of(flipped(good.bytes(), 300));
        var threads = 16;
        var start = new CyclicBarrier(threads);
        Callable<Boolean> crossing = () -> {
            start.await();
            var right = true;
            for (var i = 0; i < Verifying.USES_BEFORE_TABLES; i++) {
                right &= Ed25519.verify(key, MESSAGE, good) && !Ed25519.verify(key, MESSAGE, bad);
            }
            return right;
        };
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (var right : pool.invokeAll(new ArrayList<>(Collections.nCopies(threads, crossing)))) {
                assertTrue(right.get());
            }
        }
        assertTrue(key.verifying().usesTables());
    }

    @Test
    void the_tables_give_the_known_answers_and_what_accepts_anything_does_not() throws Exception {
        KnownAnswers.check(key -> KnownKey.of(key).orElseThrow()::verify);
        assertEquals("", Tables.note());
        assertThrows(SignatureException.class, () -> KnownAnswers.check(key -> (message, signature) -> true));
        assertThrows(SignatureException.class, () -> KnownAnswers.check(key -> (message, signature) -> false));
    }
}
