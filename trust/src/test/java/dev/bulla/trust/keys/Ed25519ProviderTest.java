package dev.bulla.trust.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Security;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class Ed25519ProviderTest {
    private static Ed25519Provider amazon() {
        try {
            return Ed25519Provider.amazon();
        } catch (ReflectiveOperationException | LinkageError notHere) {
            return Assumptions.abort("ACCP does not load on this platform: " + notHere);
        }
    }

    @Test
    void both_providers_give_the_known_answers() throws Exception {
        KnownAnswers.check(Ed25519Provider.jdk(""));
        KnownAnswers.check(amazon());
    }

    @Test
    void the_faster_one_is_chosen_where_it_loads_and_is_not_registered() {
        amazon();
        assertTrue(Ed25519.provider().startsWith("AmazonCorrettoCryptoProvider 2."), Ed25519.provider());
        assertTrue(Arrays.stream(Security.getProviders())
                .noneMatch(it -> it.getName().startsWith("Amazon")));
    }

    @Test
    void the_description_names_provider_version_and_reason() {
        var description = Ed25519Provider.jdk(" (why)").description();
        assertTrue(description.matches("SunEC [0-9.]+ \\(why\\)"), description);
    }

    @Test
    void both_sign_alike_and_accept_each_other_s_signatures() throws Exception {
        var random = new Random(25519);
        for (var i = 0; i < 50; i++) {
            var seed = new byte[32];
            random.nextBytes(seed);
            var message = new byte[random.nextInt(2000)];
            random.nextBytes(message);
            var publicKey = SigningKey.ofSeed(seed).publicKey().bytes();
            var ofJdk = new Prepared(() -> Ed25519Provider.jdk("").signing(seed)).sign(message);
            var ofAmazon = new Prepared(() -> amazon().signing(seed)).sign(message);
            assertArrayEquals(ofJdk, ofAmazon);
            assertTrue(new Prepared(() -> amazon().verifying(publicKey)).verify(message, ofJdk));
            assertTrue(new Prepared(() -> Ed25519Provider.jdk("").verifying(publicKey)).verify(message, ofAmazon));
        }
    }

    @Test
    void a_prepared_object_serves_again_after_a_refusal() throws Exception {
        for (var provider : new Ed25519Provider[] {Ed25519Provider.jdk(""), amazon()}) {
            var key = SigningKey.ofSeed(new byte[32]);
            var message = new byte[] {1, 2, 3};
            var signature = key.sign(message).bytes();
            var verifying =
                    new Prepared(() -> provider.verifying(key.publicKey().bytes()));
            for (var i = 0; i < 3; i++) {
                assertFalse(verifying.verify(new byte[] {1, 2}, signature));
                assertTrue(verifying.verify(message, signature));
            }
        }
    }

    @Test
    void where_there_is_no_faster_one_the_jdk_s_is_taken_without_a_word() {
        var chosen = Ed25519Provider.preferring(() -> {
            throw new ClassNotFoundException("not on the class path");
        });
        assertTrue(chosen.description().matches("SunEC [0-9.]+"), chosen.description());
    }

    @Test
    void a_provider_that_accepts_anything_fails_the_self_test_and_is_not_chosen() {
        var gullible = new Ed25519Provider(new GullibleProvider(), "");
        assertThrows(SignatureException.class, () -> KnownAnswers.check(gullible));
        var chosen = Ed25519Provider.preferring(() -> gullible);
        assertTrue(chosen.description().startsWith("SunEC "), chosen.description());
        assertTrue(chosen.description().contains("accepts a signature of another message"), chosen.description());
    }

    @Test
    void a_native_library_that_does_not_load_is_noted() {
        var chosen = Ed25519Provider.preferring(() -> {
            throw new UnsatisfiedLinkError("wrong architecture");
        });
        assertTrue(chosen.description().contains("wrong architecture"), chosen.description());
    }

    @Test
    void the_choice_is_made_once() {
        assertEquals(Ed25519.provider(), Ed25519.provider());
        assertEquals(Ed25519Provider.chosen(), Ed25519Provider.chosen());
    }
}
