package dev.bulla.trust.curve;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers mod the order L = 2^252 + 27742317777372353535851937790883648493 of the base point. */
final class Scalar {
    /** The 32-bit words of L from the lowest, the third one negative, so that none exceeds 31 bits. */
    private static final long[] L = {0x5cf5d3ed, 0x5812631a, -0x5d08632a, 0x14def9df, 0, 0, 0, 0x10000000, 0};

    private static final long WORD = 0xFFFFFFFFL;

    private Scalar() {}

    /** The 64 bytes mod L, all little-endian: 32 bytes, below L. */
    static byte[] reduced(byte[] number) {
        var words = ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN);
        var rest = new long[9]; // Below L before each step.
        for (var i = 15; i >= 0; i--) {
            System.arraycopy(rest, 0, rest, 1, 8);
            rest[0] = words.getInt(4 * i) & WORD;
            // The quotient by 2^252 is at most 2^32, and by L it is the same or one less.
            subtract(rest, (rest[8] << 4) | (rest[7] >>> 28));
            if (rest[8] < 0) {
                subtract(rest, -1);
            }
        }
        var bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        for (var i = 0; i < 8; i++) {
            bytes.putInt((int) rest[i]);
        }
        return bytes.array();
    }

    /** Subtracts a multiple of L; the sign of the result is the sign of the top word. */
    private static void subtract(long[] rest, long times) {
        var carry = 0L;
        for (var i = 0; i < 9; i++) {
            var word = rest[i] - times * L[i] + carry;
            rest[i] = i == 8 ? word : word & WORD;
            carry = word >> 32;
        }
    }
}
