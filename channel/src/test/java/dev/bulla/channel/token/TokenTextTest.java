package dev.bulla.channel.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class TokenTextTest {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @Test
    void the_check_characters_are_those_of_the_published_vectors() {
        assertEquals("0N3Pkm", TokenText.check("cft_" + "0".repeat(30)));
        assertEquals("3aa6vU", TokenText.check("cft_ABCDEFGHIJKLMNOPQRSTUVWXYZabcd"));
    }

    @Test
    void a_token_fits_into_an_address() {
        var token = TokenText.generate(new Random(1));

        assertTrue(token.matches("bulla-[0-9A-Za-z]{36}"), token);
        assertTrue(TokenText.isWellFormed(token));
    }

    @Test
    void no_two_tokens_are_alike() {
        var random = new Random(2);
        assertFalse(TokenText.generate(random).equals(TokenText.generate(random)));
    }

    @Test
    void every_changed_character_and_every_swap_of_neighbours_is_noticed() {
        var random = new Random(3);
        for (var i = 0; i < 500; i++) {
            var token = TokenText.generate(random);
            for (var at = 0; at < token.length(); at++) {
                for (var c = 0; c < ALPHABET.length(); c++) {
                    requireNoticed(token, token.substring(0, at) + ALPHABET.charAt(c) + token.substring(at + 1));
                }
                if (at > 0) {
                    requireNoticed(
                            token,
                            token.substring(0, at - 1)
                                    + token.charAt(at)
                                    + token.charAt(at - 1)
                                    + token.substring(at + 1));
                }
            }
        }
    }

    private static void requireNoticed(String token, String changed) {
        assertEquals(token.equals(changed), TokenText.isWellFormed(changed), () -> token + " and " + changed);
    }

    @Test
    void what_is_cut_empty_or_strange_is_no_token() {
        var token = TokenText.generate(new Random(4));
        for (var text : new String[] {
            "", "bulla-", token.substring(1), token.substring(0, 41), token + "0", " " + token, token.replace('-', '_')
        }) {
            assertFalse(TokenText.isWellFormed(text), text);
        }
        assertFalse(TokenText.isWellFormed(token.substring(0, 20) + "\u00e9" + token.substring(21)));
    }
}
