package dev.bulla.trust.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and signatures as text. */
class HexFormsTest {
    private static final String KEY = "0a".repeat(32);
    private static final String SIGNATURE = "b1".repeat(64);

    @Test
    void lower_case_hex_is_read_and_written() {
        assertEquals(KEY, PublicKey.parse(KEY).hex());
        assertEquals(KEY, PublicKey.parse(KEY).toString());
        assertEquals(SIGNATURE, Signature.parse(SIGNATURE).hex());
        assertEquals(PublicKey.parse(KEY), PublicKey.of(PublicKey.parse(KEY).bytes()));
        assertEquals(
                Signature.parse(SIGNATURE),
                Signature.of(Signature.parse(SIGNATURE).bytes()));
        assertEquals(PublicKey.parse(KEY).hashCode(), PublicKey.parse(KEY).hashCode());
        assertNotEquals(PublicKey.parse(KEY), PublicKey.parse("0b".repeat(32)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0a",
                "0A0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
                "0x0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
                " a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
                "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a\n",
                "٠a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
                "0g0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a"
            })
    void anything_else_is_no_key_and_no_half_of_a_signature(String text) {
        assertThrows(IllegalArgumentException.class, () -> PublicKey.parse(text));
        assertThrows(IllegalArgumentException.class, () -> Signature.parse(text + text));
    }

    @Test
    void bytes_of_another_length_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> PublicKey.of(new byte[33]));
        assertThrows(IllegalArgumentException.class, () -> Signature.of(new byte[63]));
    }

    @Test
    void the_bytes_given_and_taken_are_copies() {
        var bytes = new byte[32];
        var key = PublicKey.of(bytes);
        bytes[0] = 1;
        key.bytes()[1] = 1;
        assertTrue(key.hex().startsWith("0000"));
    }
}
