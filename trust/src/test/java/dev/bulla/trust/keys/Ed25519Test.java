package dev.bulla.trust.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.trust.curve.KnownKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is accepted, and that no crafted key or signature is. */
class Ed25519Test {
    private static final byte[] MESSAGE = "zlib-1.3.1-h_0.conda".getBytes(StandardCharsets.UTF_8);
    private static final BigInteger SECRET = new BigInteger("1234567890123456789012345678901234567890");
    private static final BigInteger NONCE = new BigInteger("9876543210987654321098765432109876543210");

    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);

    private static byte[] join(byte[] r, BigInteger s) {
        var bytes = Arrays.copyOf(r, 64);
        System.arraycopy(Edwards.littleEndian(s), 0, bytes, 32, 32);
        return bytes;
    }

    private static final Map<PublicKey, PublicKey> MUCH_USED = new HashMap<>();

    /** By the provider and by the tables, which must agree. */
    private static boolean verify(byte[] key, byte[] message, byte[] signature) {
        var valid = Ed25519.verify(PublicKey.of(key), message, Signature.of(signature));
        var used = MUCH_USED.computeIfAbsent(PublicKey.of(key), Ed25519Test::use);
        assertEquals(valid, Ed25519.verify(used, message, Signature.of(signature)), "the tables and the provider");
        return valid;
    }

    private static PublicKey use(PublicKey key) {
        var signature = KEY.sign(MESSAGE);
        for (var i = 0; i < Verifying.USES_BEFORE_TABLES; i++) {
            Ed25519.verify(key, MESSAGE, signature);
        }
        // Refused before any arithmetic, or no point: then there is nothing to make tables of.
        var isPoint = Encodings.isStrictPoint(key.view(), 0)
                && KnownKey.of(key.view()).isPresent();
        assertEquals(isPoint, key.verifying().usesTables());
        return key;
    }

    @Test
    void an_honest_signature_is_accepted_and_any_single_changed_bit_is_not() {
        var signature = KEY.sign(MESSAGE).bytes();
        assertTrue(verify(KEY.publicKey().bytes(), MESSAGE, signature));
        for (var bit = 0; bit < 512; bit++) {
            var spoiled = signature.clone();
            spoiled[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(verify(KEY.publicKey().bytes(), MESSAGE, spoiled), "bit " + bit);
        }
    }

    @Test
    void a_signature_of_another_message_or_key_is_refused() {
        var signature = KEY.sign(MESSAGE);
        assertFalse(verify(KEY.publicKey().bytes(), new byte[0], signature.bytes()));
        var other = SigningKey.ofSeed(HexFormat.of().parseHex("01".repeat(32)));
        assertFalse(verify(other.publicKey().bytes(), MESSAGE, signature.bytes()));
    }

    @Test
    void the_textbook_curve_agrees_with_the_providers() throws Exception {
        var a = Edwards.BASE.times(SECRET).encoded();
        var r = Edwards.BASE.times(NONCE).encoded();
        var s = NONCE.add(Edwards.challenge(r, a, MESSAGE).multiply(SECRET)).mod(Edwards.L);
        assertTrue(verify(a, MESSAGE, join(r, s)));
    }

    @Test
    void s_from_the_order_of_the_group_on_is_refused() throws Exception {
        var signature = KEY.sign(MESSAGE).bytes();
        var s = Edwards.fromLittleEndian(Arrays.copyOfRange(signature, 32, 64));
        assertFalse(verify(KEY.publicKey().bytes(), MESSAGE, join(signature, s.add(Edwards.L))));
        assertTrue(Encodings.isReducedScalar(Edwards.littleEndian(Edwards.L.subtract(BigInteger.ONE)), 0));
        assertFalse(Encodings.isReducedScalar(Edwards.littleEndian(Edwards.L), 0));
    }

    @Test
    void exactly_fourteen_encodings_are_of_small_order_and_all_are_refused() {
        var encodings = new HashSet<String>();
        var torsion = Edwards.ofOrderEight();
        for (var i = 0; i < 8; i++) {
            var point = torsion.times(BigInteger.valueOf(i));
            // The point itself, x = 0 with the sign bit, and y + p where 255 bits hold it.
            for (var y : Set.of(point.y(), point.y().add(Edwards.P))) {
                if (y.bitLength() <= 255) {
                    encodings.add(HexFormat.of().formatHex(Edwards.littleEndian(y)));
                    encodings.add(HexFormat.of().formatHex(Edwards.littleEndian(y.setBit(255))));
                }
            }
        }
        assertEquals(14, encodings.size());
        for (var encoding : encodings) {
            assertFalse(Encodings.isStrictPoint(HexFormat.of().parseHex(encoding), 0), encoding);
        }
    }

    @Test
    void a_key_of_small_order_that_signs_every_message_is_refused() throws Exception {
        var identity = Edwards.IDENTITY.encoded();
        var signature = join(Edwards.BASE.times(NONCE).encoded(), NONCE);
        assertTrue(bare(Ed25519Provider.jdk(""), identity, signature), "the equation alone holds, whatever is signed");
        assertFalse(verify(identity, MESSAGE, signature));
        assertFalse(verify(identity, "anything".getBytes(StandardCharsets.UTF_8), signature));
    }

    @Test
    void an_r_of_small_order_is_refused() throws Exception {
        var a = Edwards.BASE.times(SECRET).encoded();
        var r = Edwards.IDENTITY.encoded();
        var s = Edwards.challenge(r, a, MESSAGE).multiply(SECRET).mod(Edwards.L);
        assertTrue(bare(Ed25519Provider.jdk(""), a, join(r, s)), "the equation alone holds");
        assertFalse(verify(a, MESSAGE, join(r, s)));
    }

    @Test
    void a_key_encoded_with_y_from_p_on_is_refused() throws Exception {
        for (var y = BigInteger.TWO; y.compareTo(BigInteger.valueOf(19)) < 0; y = y.add(BigInteger.ONE)) {
            for (var point : Edwards.withY(y)) {
                var doubled = point.y().add(Edwards.P);
                var encoded = Edwards.littleEndian(point.x().testBit(0) ? doubled.setBit(255) : doubled);
                assertNotEquals(-1, Arrays.mismatch(point.encoded(), encoded));
                assertTrue(Encodings.isStrictPoint(point.encoded(), 0), "y = " + y);
                assertFalse(Encodings.isStrictPoint(encoded, 0), "y = " + y + " + p");
            }
        }
    }

    @Test
    void what_holds_only_when_multiplied_by_the_cofactor_is_refused_by_every_provider() throws Exception {
        var a = Edwards.BASE.times(SECRET).encoded();
        var r = Edwards.BASE.times(NONCE).plus(Edwards.ofOrderEight()).encoded();
        var s = NONCE.add(Edwards.challenge(r, a, MESSAGE).multiply(SECRET)).mod(Edwards.L);
        assertFalse(verify(a, MESSAGE, join(r, s)));
        assertFalse(bare(Ed25519Provider.jdk(""), a, join(r, s)));
    }

    @Test
    void a_key_with_a_part_of_small_order_is_accepted_only_where_the_plain_equation_holds() throws Exception {
        var a = Edwards.BASE.times(SECRET).plus(Edwards.ofOrderEight()).encoded();
        var r = Edwards.BASE.times(NONCE).encoded();
        var accepted = new HashSet<Boolean>();
        for (var i = 0; i < 40; i++) {
            var message = new byte[] {(byte) i};
            var k = Edwards.challenge(r, a, message);
            var s = NONCE.add(k.multiply(SECRET)).mod(Edwards.L);
            var plainHolds = !k.testBit(0) && !k.testBit(1) && !k.testBit(2);
            assertEquals(plainHolds, verify(a, message, join(r, s)), "message " + i);
            accepted.add(plainHolds);
        }
        assertEquals(Set.of(true, false), accepted, "the messages reach both cases");
    }

    private static byte[] noPoint() {
        var y = BigInteger.TWO;
        while (!Edwards.withY(y).isEmpty()) {
            y = y.add(BigInteger.ONE);
        }
        return Edwards.littleEndian(y);
    }

    @Test
    void the_jdk_s_provider_too_refuses_what_is_no_point_and_goes_on() throws Exception {
        var jdk = Ed25519Provider.jdk("");
        assertThrows(
                InvalidKeyException.class,
                () -> bare(jdk, noPoint(), KEY.sign(MESSAGE).bytes()));
        var verifying = new Prepared(() -> jdk.verifying(KEY.publicKey().bytes()));
        assertFalse(verifying.verify(MESSAGE, join(noPoint(), BigInteger.ONE)));
        assertTrue(verifying.verify(MESSAGE, KEY.sign(MESSAGE).bytes()));
    }

    @Test
    void a_key_that_is_no_point_verifies_nothing() {
        assertFalse(verify(noPoint(), MESSAGE, KEY.sign(MESSAGE).bytes()));
        assertFalse(verify(KEY.publicKey().bytes(), MESSAGE, join(noPoint(), BigInteger.ONE)));
        assertTrue(Ed25519.verify(KEY.publicKey(), MESSAGE, KEY.sign(MESSAGE)), "and the next one is verified as ever");
    }

    private static boolean bare(Ed25519Provider provider, byte[] key, byte[] signature) throws Exception {
        return new Prepared(() -> provider.verifying(key)).verify(MESSAGE, signature);
    }
}
