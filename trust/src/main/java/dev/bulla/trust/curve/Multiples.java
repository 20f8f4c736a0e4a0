package dev.bulla.trust.curve;

/**
 * A point's multiples j·256^i·P for j from 1 to 128 and i from 0 to 31: half a megabyte, from which any multiple of P is
 * a sum of 32 entries. Immutable once made, and safe to share.
 */
final class Multiples {
    private static final int ROWS = 32;
    private static final int ROW = 128;

    private final long[] table = new long[ROWS * ROW * Niels.LENGTH];

    /** Of this point, which is used up. */
    Multiples(Point point) {
        var first = new Niels();
        for (var row = 0; row < ROWS; row++) {
            var inverse = new FieldElement();
            inverse.invert(point.z);
            first.set(point, inverse);
            point = addRow(row * ROW * Niels.LENGTH, first);
        }
    }

    /** Stores 1·P to 128·P and returns 256·P. One inversion does for the row: 1/a = b·(1/ab), from the last to the first. */
    private Point addRow(int at, Niels first) {
        var points = new Point[ROW];
        var products = new FieldElement[ROW]; // Of this Z and all before.
        var product = FieldElement.of(1);
        var sum = new Point();
        for (var j = 0; j < ROW; j++) {
            sum.add(first);
            points[j] = sum.copy();
            product = product.copy();
            product.multiply(product, sum.z);
            products[j] = product;
        }
        var entry = new Niels();
        var rest = new FieldElement();
        rest.invert(product);
        var inverse = new FieldElement();
        for (var j = ROW - 1; j >= 0; j--) {
            inverse.multiply(rest, j == 0 ? FieldElement.of(1) : products[j - 1]);
            rest.multiply(rest, points[j].z);
            entry.set(points[j], inverse);
            entry.store(table, at + j * Niels.LENGTH);
        }
        entry.load(table, at + (ROW - 1) * Niels.LENGTH);
        sum.add(entry);
        return sum;
    }

    /** Adds [scalar]P to a sum. The scalar is 32 bytes, little-endian, below 2^255. */
    void addTo(Point sum, byte[] scalar, int from) {
        var entry = new Niels();
        var carry = 0;
        for (var row = 0; row < ROWS; row++) {
            var digit = (scalar[from + row] & 0xFF) + carry; // Written with digits from −127 to 128.
            carry = digit > ROW ? 1 : 0;
            digit -= carry << 8;
            if (digit > 0) {
                entry.load(table, (row * ROW + digit - 1) * Niels.LENGTH);
                sum.add(entry);
            } else if (digit < 0) {
                entry.loadNegative(table, (row * ROW - digit - 1) * Niels.LENGTH);
                sum.add(entry);
            }
        }
    }
}
