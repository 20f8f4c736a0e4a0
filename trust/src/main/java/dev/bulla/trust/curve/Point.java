package dev.bulla.trust.curve;

import java.util.Arrays;
import java.util.Optional;

/**
 * A point of −x² + y² = 1 + d·x²·y² in extended coordinates: x = X/Z, y = Y/Z, x·y = T/Z (RFC 8032 §5.1.4). Mutable and
 * not safe to share; it brings its own scratch, so that an addition allocates nothing. X, Y, Z and T are always
 * products, within the bounds of those.
 */
final class Point {
    /** −121665/121666. */
    static final FieldElement D = quotient(-121665, 121666);

    /** 2^((p − 1)/4) = ±2·2^((p − 5)/8)², a root of −1. */
    private static final FieldElement ROOT_OF_MINUS_ONE = rootOfMinusOne();

    final FieldElement x = FieldElement.of(0);
    final FieldElement y = FieldElement.of(1);
    final FieldElement z = FieldElement.of(1);
    final FieldElement t = FieldElement.of(0);

    private final FieldElement e = new FieldElement();
    private final FieldElement f = new FieldElement();
    private final FieldElement g = new FieldElement();
    private final FieldElement h = new FieldElement();

    /** The identity. */
    Point() {}

    Point copy() {
        var copy = new Point();
        var zero = FieldElement.of(0);
        copy.x.add(x, zero);
        copy.y.add(y, zero);
        copy.z.add(z, zero);
        copy.t.add(t, zero);
        return copy;
    }

    /** The point of this encoding, if it is one (RFC 8032 §5.1.3). Not checked: that y is below p. */
    static Optional<Point> decoded(byte[] encoded) {
        var one = FieldElement.of(1);
        var point = new Point();
        point.y.add(FieldElement.decoded(encoded), FieldElement.of(0));
        var u = new FieldElement();
        u.square(point.y);
        var v = new FieldElement();
        v.multiply(u, D);
        v.add(v, one);
        u.subtract(u, one);
        if (!rootOfQuotient(point.x, u, v)) {
            return Optional.empty();
        }
        var isNegative = encoded[31] < 0;
        var x = point.x.copy().encoded();
        if (isNegative && Arrays.equals(x, new byte[32])) {
            return Optional.empty();
        }
        if (isNegative != ((x[0] & 1) == 1)) {
            point.x.negate(point.x);
        }
        point.t.multiply(point.x, point.y);
        return Optional.of(point);
    }

    /** Sets x to a root of u/v: the candidate u·v³·(u·v⁷)^((p − 5)/8), or that times the root of −1. */
    private static boolean rootOfQuotient(FieldElement x, FieldElement u, FieldElement v) {
        var cubed = new FieldElement();
        cubed.square(v);
        cubed.multiply(cubed, v);
        var power = new FieldElement();
        power.square(cubed);
        power.multiply(power, v);
        power.multiply(power, u);
        power.power58(power);
        x.multiply(u, cubed);
        x.multiply(x, power);
        var check = new FieldElement();
        check.square(x);
        check.multiply(check, v);
        var wanted = u.copy().encoded();
        if (Arrays.equals(check.copy().encoded(), wanted)) {
            return true;
        }
        x.multiply(x, ROOT_OF_MINUS_ONE);
        check.negate(check);
        return Arrays.equals(check.encoded(), wanted);
    }

    /** The 32 bytes of this point: y, and the lowest bit of x as the highest (RFC 8032 §5.1.2). */
    byte[] encoded() {
        var inverse = new FieldElement();
        inverse.invert(z);
        e.multiply(y, inverse);
        f.multiply(x, inverse);
        var bytes = e.encoded();
        bytes[31] |= (byte) (f.encoded()[0] << 7);
        return bytes;
    }

    /** Makes this −(x, y) = (−x, y). */
    void negate() {
        x.negate(x);
        t.negate(t);
    }

    /**
     * Adds a point; the formula holds for any two, also equal ones (RFC 8032 §5.1.4, with the second Z = 1). Sums of at
     * most three products are multiplied.
     */
    void add(Niels other) {
        e.subtract(y, x);
        e.multiply(e, other.difference); // A
        h.add(y, x);
        h.multiply(h, other.sum); // B
        f.multiply(t, other.product); // C
        z.add(z, z); // D
        g.add(z, f);
        f.subtract(z, f);
        x.subtract(h, e); // E
        h.add(h, e);
        y.multiply(g, h);
        t.multiply(x, h);
        z.multiply(f, g);
        x.multiply(x, f);
    }

    private static FieldElement quotient(long numerator, long denominator) {
        var quotient = new FieldElement();
        quotient.invert(FieldElement.of(denominator));
        quotient.multiply(FieldElement.of(numerator), quotient);
        return quotient;
    }

    private static FieldElement rootOfMinusOne() {
        var root = new FieldElement();
        root.power58(FieldElement.of(2));
        root.square(root);
        root.add(root, root);
        return root;
    }
}
