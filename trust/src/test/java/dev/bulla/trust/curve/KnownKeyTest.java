package dev.bulla.trust.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published vectors; what is random and what is crafted is compared with the JDK's provider in the keys package. */
class KnownKeyTest {
    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @ParameterizedTest(name = "RFC 8032 §7.1, {0}")
    @CsvSource(
            emptyValue = "",
            value = {
                "TEST 1,"
                        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
                        + "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
                "TEST 2,"
                        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
                        + "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
                "TEST 3,"
                        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
                        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
                        + "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
                "TEST SHA(abc),"
                        + "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf,"
                        + "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f,"
                        + "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ec"
                        + "fdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
            })
    void the_published_vectors_are_accepted_and_refused_with_another_message(
            String name, String key, String message, String signature) {
        var known = KnownKey.of(hex(key)).orElseThrow();
        assertTrue(known.verify(hex(message), hex(signature)));
        assertFalse(known.verify(hex(message + "00"), hex(signature)));
    }

    @Test
    void half_of_all_encodings_are_no_point_and_give_no_key() {
        var points = 0;
        for (var y = 2; y < 202; y++) {
            var encoded = new byte[32];
            encoded[0] = (byte) y;
            points += Point.decoded(encoded).isPresent() ? 1 : 0;
        }
        assertTrue(points > 70 && points < 130, points + " of 200");
    }

    @Test
    void zero_has_no_negative_form() {
        var one = new byte[32];
        one[0] = 1;
        assertTrue(KnownKey.of(one).isPresent());
        one[31] = (byte) 0x80;
        assertTrue(KnownKey.of(one).isEmpty());
    }

    @Test
    void a_point_is_encoded_as_it_was_decoded() {
        for (var y = 2; y < 202; y++) {
            for (var sign : new int[] {0, 0x80}) {
                var encoded = new byte[32];
                encoded[0] = (byte) y;
                encoded[31] = (byte) sign;
                Point.decoded(encoded)
                        .ifPresent(point -> assertEquals(
                                HexFormat.of().formatHex(encoded),
                                HexFormat.of().formatHex(point.encoded())));
            }
        }
    }
}
