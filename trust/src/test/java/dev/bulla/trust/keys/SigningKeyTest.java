package dev.bulla.trust.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
    private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private static final String PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    @Test
    void the_public_key_is_made_from_the_seed() {
        assertEquals(PUBLIC, SigningKey.parse(SEED).publicKey().hex());
        assertEquals(SEED, SigningKey.ofSeed(HexFormat.of().parseHex(SEED)).seedHex());
    }

    @Test
    void it_signs_as_rfc_8032_has_it() {
        var expected = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
        assertEquals(expected, SigningKey.parse(SEED).sign(new byte[0]).hex());
    }

    @Test
    void its_text_never_shows_the_seed() {
        var key = SigningKey.parse(SEED);
        assertEquals("SigningKey of " + PUBLIC, key.toString());
        assertFalse(String.format("%s", key).contains(SEED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "00", "9D61B19DEFFD5A60BA844AF492EC2CC44449C5697B326919703BAC031CAE7F60", "secret words"})
    void a_bad_seed_is_refused_without_repeating_it(String seed) {
        var refused = assertThrows(IllegalArgumentException.class, () -> SigningKey.parse(seed));
        assertTrue(seed.isEmpty() || !String.valueOf(refused.getMessage()).contains(seed));
    }

    @Test
    void a_seed_of_another_length_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> SigningKey.ofSeed(new byte[31]));
        assertThrows(IllegalArgumentException.class, () -> SigningKey.ofSeed(new byte[64]));
    }

    @Test
    void a_generated_key_depends_on_the_random_source_only() {
        var first = SigningKey.generate(new Random(1));
        assertEquals(first.seedHex(), SigningKey.generate(new Random(1)).seedHex());
        assertNotEquals(first.seedHex(), SigningKey.generate(new Random(2)).seedHex());
    }

    @Test
    void it_does_not_keep_the_caller_s_array() {
        var seed = HexFormat.of().parseHex(SEED);
        var key = SigningKey.ofSeed(seed);
        seed[0] = 0;
        assertEquals(SEED, key.seedHex());
        assertTrue(Ed25519.verify(key.publicKey(), seed, key.sign(seed)));
    }

    @Test
    void many_threads_may_sign_and_verify_with_one_key() throws Exception {
        var key = SigningKey.parse(SEED);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var valid = IntStream.range(0, 200)
                    .mapToObj(i -> ("message " + i).getBytes(StandardCharsets.UTF_8))
                    .map(message -> threads.submit(() -> Ed25519.verify(key.publicKey(), message, key.sign(message))))
                    .toList();
            for (var each : valid) {
                assertTrue(each.get());
            }
        }
    }
}
