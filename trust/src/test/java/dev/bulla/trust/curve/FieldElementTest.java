package dev.bulla.trust.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/** Arithmetic mod p, beside the JDK's big integers. */
class FieldElementTest {
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final long LARGEST = (1L << 53) - 1;

    private interface Operation {
        void apply(FieldElement result, FieldElement a, FieldElement b);
    }

    private static BigInteger value(FieldElement number) {
        return BigInteger.valueOf(number.l4)
                .shiftLeft(51)
                .add(BigInteger.valueOf(number.l3))
                .shiftLeft(51)
                .add(BigInteger.valueOf(number.l2))
                .shiftLeft(51)
                .add(BigInteger.valueOf(number.l1))
                .shiftLeft(51)
                .add(BigInteger.valueOf(number.l0));
    }

    private static FieldElement limbs(long l0, long l1, long l2, long l3, long l4) {
        var number = new FieldElement();
        number.l0 = l0;
        number.l1 = l1;
        number.l2 = l2;
        number.l3 = l3;
        number.l4 = l4;
        return number;
    }

    private static FieldElement decoded(BigInteger number) {
        return FieldElement.decoded(Numbers.littleEndian(number, 32));
    }

    /** Numbers at every edge, limbs at every edge of what may be multiplied, and random ones of both kinds. */
    private static List<FieldElement> numbers() {
        var numbers = new ArrayList<FieldElement>();
        for (var offset = -20; offset <= 20; offset++) {
            numbers.add(decoded(P.add(BigInteger.valueOf(offset)).mod(BigInteger.TWO.pow(255))));
        }
        for (var small : new long[] {0, 1, 2, 18, 19, 20, -1, -19, -121665}) {
            numbers.add(FieldElement.of(small));
        }
        for (var limb : new long[] {LARGEST, -LARGEST, 1L << 51, (1L << 51) - 1, -(1L << 51)}) {
            numbers.add(limbs(limb, limb, limb, limb, limb));
            numbers.add(limbs(limb, -limb, limb, -limb, limb));
            numbers.add(limbs(0, 0, 0, 0, limb));
        }
        var random = new Random(51);
        for (var i = 0; i < 100; i++) {
            numbers.add(decoded(new BigInteger(255, random)));
            numbers.add(limbs(
                    random.nextLong(-LARGEST, LARGEST),
                    random.nextLong(-LARGEST, LARGEST),
                    random.nextLong(-LARGEST, LARGEST),
                    random.nextLong(-LARGEST, LARGEST),
                    random.nextLong(-LARGEST, LARGEST)));
        }
        return numbers;
    }

    private static BigInteger encoded(FieldElement number) {
        return Numbers.ofLittleEndian(number.copy().encoded());
    }

    private static void agrees(Operation operation, BinaryOperator<BigInteger> expected) {
        for (var a : numbers()) {
            for (var b : numbers()) {
                var result = new FieldElement();
                operation.apply(result, a, b);
                var wanted = expected.apply(value(a), value(b)).mod(P);
                assertEquals(wanted, value(result).mod(P), () -> value(a) + " and " + value(b));
            }
        }
    }

    @Test
    void sums_differences_products_and_squares_agree() {
        agrees(FieldElement::add, BigInteger::add);
        agrees(FieldElement::subtract, BigInteger::subtract);
        agrees(FieldElement::multiply, BigInteger::multiply);
        agrees((result, a, b) -> result.square(a), (a, b) -> a.multiply(a));
        agrees((result, a, b) -> result.negate(a), (a, b) -> a.negate());
    }

    @Test
    void a_product_and_a_square_keep_the_bounds_that_are_promised() {
        for (var a : numbers()) {
            for (var b : numbers()) {
                var product = new FieldElement();
                product.multiply(a, b);
                requireReduced(product);
                product.square(a);
                requireReduced(product);
            }
        }
    }

    private static void requireReduced(FieldElement number) {
        for (var limb : new long[] {number.l0, number.l1, number.l2, number.l3, number.l4}) {
            assertTrue(Math.abs(limb) < (1L << 51) + (1L << 16), () -> "limb " + limb);
        }
    }

    @Test
    void the_encoding_is_the_one_below_p() {
        for (var number : numbers()) {
            assertEquals(value(number).mod(P), encoded(number), () -> "of " + value(number));
        }
    }

    @Test
    void the_top_bit_is_no_part_of_the_number() {
        assertEquals(BigInteger.ONE, encoded(decoded(BigInteger.TWO.pow(255).add(BigInteger.ONE))));
    }

    @Test
    void inverses_and_powers_agree() {
        var exponent = P.subtract(BigInteger.valueOf(5)).shiftRight(3);
        for (var number : numbers()) {
            var result = new FieldElement();
            result.invert(number);
            assertEquals(value(number).mod(P).modPow(P.subtract(BigInteger.TWO), P), encoded(result));
            result.power58(number);
            assertEquals(value(number).mod(P).modPow(exponent, P), encoded(result));
        }
    }

    @Test
    void an_operand_may_be_the_result() {
        for (var number : numbers()) {
            var expected = value(number).multiply(value(number)).mod(P);
            var own = number.copy();
            own.multiply(own, own);
            assertEquals(expected, encoded(own));
            own = number.copy();
            own.square(own);
            assertEquals(expected, encoded(own));
        }
    }
}
