package dev.bulla.trust.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers of 512 bits mod L, beside the JDK's big integers. */
class ScalarTest {
    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final BigInteger LIMIT = BigInteger.TWO.pow(512);

    private static void agrees(BigInteger number) {
        var reduced = Scalar.reduced(Numbers.littleEndian(number, 64));
        assertEquals(number.mod(L), Numbers.ofLittleEndian(reduced), () -> "of " + number);
    }

    @Test
    void random_numbers_agree() {
        var random = new Random(252);
        for (var i = 0; i < 20_000; i++) {
            agrees(new BigInteger(512, random));
        }
    }

    @Test
    void around_every_power_of_two_and_its_multiple_of_the_order_they_agree() {
        for (var bit = 0; bit <= 512; bit++) {
            var power = BigInteger.TWO.pow(bit);
            var multiple = power.divide(L).multiply(L);
            for (var around : new BigInteger[] {power, multiple, multiple.add(BigInteger.TWO.pow(252))}) {
                for (var offset = -2; offset <= 2; offset++) {
                    agrees(around.add(BigInteger.valueOf(offset)).mod(LIMIT));
                }
            }
        }
    }

    @Test
    void numbers_between_the_power_and_the_order_stay_as_they_are() {
        agrees(BigInteger.TWO.pow(252));
        agrees(L.subtract(BigInteger.ONE));
        agrees(L);
        agrees(L.shiftLeft(32).subtract(BigInteger.ONE));
        agrees(LIMIT.subtract(BigInteger.ONE));
    }
}
