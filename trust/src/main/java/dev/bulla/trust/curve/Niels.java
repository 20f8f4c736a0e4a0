package dev.bulla.trust.curve;

/** An affine point as additions want it: y + x, y − x and 2·d·x·y. Mutable and not safe to share. */
final class Niels {
    /** How many longs one takes in a table. */
    static final int LENGTH = 15;

    final FieldElement sum = new FieldElement();
    final FieldElement difference = new FieldElement();
    final FieldElement product = new FieldElement();

    /** Of a point and 1/Z. */
    void set(Point point, FieldElement inverseOfZ) {
        var x = new FieldElement();
        x.multiply(point.x, inverseOfZ);
        var y = new FieldElement();
        y.multiply(point.y, inverseOfZ);
        sum.add(y, x);
        difference.subtract(y, x);
        product.multiply(x, y);
        product.multiply(product, Point.D);
        product.add(product, product);
    }

    void store(long[] table, int at) {
        store(sum, table, at);
        store(difference, table, at + 5);
        store(product, table, at + 10);
    }

    void load(long[] table, int at) {
        load(sum, table, at);
        load(difference, table, at + 5);
        load(product, table, at + 10);
    }

    /** Loads −(x, y) = (−x, y). */
    void loadNegative(long[] table, int at) {
        load(difference, table, at);
        load(sum, table, at + 5);
        load(product, table, at + 10);
        product.negate(product);
    }

    private static void store(FieldElement number, long[] table, int at) {
        table[at] = number.l0;
        table[at + 1] = number.l1;
        table[at + 2] = number.l2;
        table[at + 3] = number.l3;
        table[at + 4] = number.l4;
    }

    private static void load(FieldElement number, long[] table, int at) {
        number.l0 = table[at];
        number.l1 = table[at + 1];
        number.l2 = table[at + 2];
        number.l3 = table[at + 3];
        number.l4 = table[at + 4];
    }
}
