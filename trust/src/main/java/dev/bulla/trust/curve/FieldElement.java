package dev.bulla.trust.curve;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A number mod p = 2^255 − 19, held as l0 + l1·2^51 + l2·2^102 + l3·2^153 + l4·2^204. Mutable and not safe to share;
 * each operation writes its result here, and any operand may be this one.
 *
 * <p>Limbs are signed, so that a sum or difference is five additions and no carry. Their bounds:
 *
 * <ul>
 *   <li>a product, a square and what is decoded has |limb| &lt; 2^51 + 2^16;
 *   <li>an operand of a product must have |limb| &lt; 2^53: a sum of up to three products may be multiplied again.
 * </ul>
 *
 * <p>Each product of two limbs is cut at bit 51. The upper parts, floor(a·b / 2^51), are added in {@code h}; the whole
 * products are added in 64 bits, which overflow. The sum of the lower parts is below 5·2^51, so it is what is left of
 * the overflown sum without h·2^51, and no carry between 64-bit halves is ever needed. Limbs from 2^255 on come back at
 * the low end times 19.
 */
final class FieldElement {
    private static final long MASK = (1L << 51) - 1;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    long l0;
    long l1;
    long l2;
    long l3;
    long l4;

    static FieldElement of(long small) {
        var number = new FieldElement();
        number.l0 = small;
        return number;
    }

    /** The number of the low 255 bits of 32 bytes, little-endian; it may be p or more. */
    static FieldElement decoded(byte[] bytes) {
        var w0 = (long) WORD.get(bytes, 0);
        var w1 = (long) WORD.get(bytes, 8);
        var w2 = (long) WORD.get(bytes, 16);
        var w3 = (long) WORD.get(bytes, 24);
        var number = new FieldElement();
        number.l0 = w0 & MASK;
        number.l1 = ((w0 >>> 51) | (w1 << 13)) & MASK;
        number.l2 = ((w1 >>> 38) | (w2 << 26)) & MASK;
        number.l3 = ((w2 >>> 25) | (w3 << 39)) & MASK;
        number.l4 = (w3 >>> 12) & MASK;
        return number;
    }

    /** The one encoding of this number: 32 bytes, little-endian, below p. Asks for |limb| &lt; 2^53. */
    byte[] encoded() {
        carry(); // Brings the value to −2^16 … 2^255 + 2^16,
        carry(); // and this to 0 … 2^255 − 1, each limb below 2^51.
        var atLeastP = (l0 + 19) >> 51;
        atLeastP = (l1 + atLeastP) >> 51;
        atLeastP = (l2 + atLeastP) >> 51;
        atLeastP = (l3 + atLeastP) >> 51;
        atLeastP = (l4 + atLeastP) >> 51;
        l0 += 19 * atLeastP; // What overflows 2^255 now is p itself, and is masked away.
        l1 += l0 >> 51;
        l2 += l1 >> 51;
        l3 += l2 >> 51;
        l4 += l3 >> 51;
        var bytes = new byte[32];
        WORD.set(bytes, 0, (l0 & MASK) | (l1 << 51));
        WORD.set(bytes, 8, ((l1 & MASK) >>> 13) | (l2 << 38));
        WORD.set(bytes, 16, ((l2 & MASK) >>> 26) | (l3 << 25));
        WORD.set(bytes, 24, ((l3 & MASK) >>> 39) | ((l4 & MASK) << 12));
        return bytes;
    }

    private void carry() {
        l1 += l0 >> 51;
        l2 += l1 >> 51;
        l3 += l2 >> 51;
        l4 += l3 >> 51;
        l0 = (l0 & MASK) + 19 * (l4 >> 51);
        l1 &= MASK;
        l2 &= MASK;
        l3 &= MASK;
        l4 &= MASK;
    }

    FieldElement copy() {
        var copy = new FieldElement();
        copy.add(this, of(0));
        return copy;
    }

    void add(FieldElement a, FieldElement b) {
        l0 = a.l0 + b.l0;
        l1 = a.l1 + b.l1;
        l2 = a.l2 + b.l2;
        l3 = a.l3 + b.l3;
        l4 = a.l4 + b.l4;
    }

    void subtract(FieldElement a, FieldElement b) {
        l0 = a.l0 - b.l0;
        l1 = a.l1 - b.l1;
        l2 = a.l2 - b.l2;
        l3 = a.l3 - b.l3;
        l4 = a.l4 - b.l4;
    }

    void negate(FieldElement a) {
        l0 = -a.l0;
        l1 = -a.l1;
        l2 = -a.l2;
        l3 = -a.l3;
        l4 = -a.l4;
    }

    void multiply(FieldElement a, FieldElement b) {
        long a0 = a.l0, a1 = a.l1, a2 = a.l2, a3 = a.l3, a4 = a.l4;
        long b0 = b.l0, b1 = b.l1, b2 = b.l2, b3 = b.l3, b4 = b.l4;
        long c1 = 19 * b1, c2 = 19 * b2, c3 = 19 * b3, c4 = 19 * b4;
        var h0 = high(a0, b0) + high(a1, c4) + high(a2, c3) + high(a3, c2) + high(a4, c1);
        var h1 = high(a0, b1) + high(a1, b0) + high(a2, c4) + high(a3, c3) + high(a4, c2);
        var h2 = high(a0, b2) + high(a1, b1) + high(a2, b0) + high(a3, c4) + high(a4, c3);
        var h3 = high(a0, b3) + high(a1, b2) + high(a2, b1) + high(a3, b0) + high(a4, c4);
        var h4 = high(a0, b4) + high(a1, b3) + high(a2, b2) + high(a3, b1) + high(a4, b0);
        reduce(
                a0 * b0 + a1 * c4 + a2 * c3 + a3 * c2 + a4 * c1 - (h0 << 51) + 19 * h4,
                a0 * b1 + a1 * b0 + a2 * c4 + a3 * c3 + a4 * c2 - (h1 << 51) + h0,
                a0 * b2 + a1 * b1 + a2 * b0 + a3 * c4 + a4 * c3 - (h2 << 51) + h1,
                a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + a4 * c4 - (h3 << 51) + h2,
                a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - (h4 << 51) + h3);
    }

    void square(FieldElement a) {
        long a0 = a.l0, a1 = a.l1, a2 = a.l2, a3 = a.l3, a4 = a.l4;
        long d0 = 2 * a0, d1 = 2 * a1, d2 = 2 * a2, d3 = 2 * a3;
        long c3 = 19 * a3, c4 = 19 * a4;
        var h0 = high(a0, a0) + high(d1, c4) + high(d2, c3);
        var h1 = high(d0, a1) + high(d2, c4) + high(a3, c3);
        var h2 = high(d0, a2) + high(a1, a1) + high(d3, c4);
        var h3 = high(d0, a3) + high(d1, a2) + high(a4, c4);
        var h4 = high(d0, a4) + high(d1, a3) + high(a2, a2);
        reduce(
                a0 * a0 + d1 * c4 + d2 * c3 - (h0 << 51) + 19 * h4,
                d0 * a1 + d2 * c4 + a3 * c3 - (h1 << 51) + h0,
                d0 * a2 + a1 * a1 + d3 * c4 - (h2 << 51) + h1,
                d0 * a3 + d1 * a2 + a4 * c4 - (h3 << 51) + h2,
                d0 * a4 + d1 * a3 + a2 * a2 - (h4 << 51) + h3);
    }

    /** floor(a·b / 2^51), for |a| &lt; 2^54 and |b| &lt; 2^59: the shifts add up to 64 − 51. */
    private static long high(long a, long b) {
        return Math.multiplyHigh(a << 9, b << 4);
    }

    /** Sums of 77 products of 2^106 are below 2^61.3 when cut at bit 51; so each carry here is below 2^11. */
    private void reduce(long r0, long r1, long r2, long r3, long r4) {
        l0 = (r0 & MASK) + 19 * (r4 >> 51);
        l1 = (r1 & MASK) + (r0 >> 51);
        l2 = (r2 & MASK) + (r1 >> 51);
        l3 = (r3 & MASK) + (r2 >> 51);
        l4 = (r4 & MASK) + (r3 >> 51);
    }

    /** 1/a = a^(p − 2); of 0 it is 0. */
    void invert(FieldElement a) {
        var square = a.copy().squared(1);
        var ninth = square.copy().squared(2).times(a);
        var eleventh = ninth.copy().times(square);
        var ones = ones250(ninth, eleventh);
        multiply(ones.squared(5), eleventh); // 2^255 − 32 + 11
    }

    /** a^((p − 5) / 8) = a^(2^252 − 3), for square roots. */
    void power58(FieldElement a) {
        var square = a.copy().squared(1);
        var ninth = square.copy().squared(2).times(a);
        var ones = ones250(ninth, ninth.copy().times(square));
        multiply(ones.squared(2), a);
    }

    /** a^(2^250 − 1) of a^9 and a^11. */
    private static FieldElement ones250(FieldElement ninth, FieldElement eleventh) {
        var ones5 = eleventh.copy().squared(1).times(ninth);
        var ones10 = ones5.copy().squared(5).times(ones5);
        var ones20 = ones10.copy().squared(10).times(ones10);
        var ones40 = ones20.copy().squared(20).times(ones20);
        var ones50 = ones40.squared(10).times(ones10);
        var ones100 = ones50.copy().squared(50).times(ones50);
        var ones200 = ones100.copy().squared(100).times(ones100);
        return ones200.squared(50).times(ones50);
    }

    private FieldElement squared(int times) {
        for (var i = 0; i < times; i++) {
            square(this);
        }
        return this;
    }

    private FieldElement times(FieldElement factor) {
        multiply(this, factor);
        return this;
    }
}
