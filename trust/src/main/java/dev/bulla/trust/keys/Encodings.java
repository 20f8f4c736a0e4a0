package dev.bulla.trust.keys;

import java.util.Arrays;
import java.util.HexFormat;

/** What an encoding of a point or a scalar must look like, decided by comparing bytes (RFC 8032 §5.1.2, §5.1.3). */
final class Encodings {
    /** p = 2^255 − 19, little-endian as all here. */
    private static final byte[] P = bytes("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

    /** L = 2^252 + 27742317777372353535851937790883648493. */
    private static final byte[] L = bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

    /**
     * The y of the eight points whose order divides 8: order 4, 1, 2, and twice two of order 8. With either sign bit,
     * and with those that have a second encoding from p on, they make the fourteen encodings to be refused.
     */
    private static final byte[][] SMALL_ORDER_Y = {
        bytes("0000000000000000000000000000000000000000000000000000000000000000"),
        bytes("0100000000000000000000000000000000000000000000000000000000000000"),
        bytes("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        bytes("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        bytes("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    };

    private Encodings() {}

    /**
     * Whether the 32 bytes from here encode y below p and no point of small order. Not: whether there is such a point.
     */
    static boolean isStrictPoint(byte[] bytes, int from) {
        var top = bytes[from + 31] & 0x7F; // The top bit is the sign of x.
        if (!isBelow(bytes, from, top, P)) {
            return false;
        }
        for (var small : SMALL_ORDER_Y) {
            if (top == small[31] && Arrays.equals(bytes, from, from + 31, small, 0, 31)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the 32 bytes from here are a number below L. */
    static boolean isReducedScalar(byte[] bytes, int from) {
        return isBelow(bytes, from, bytes[from + 31] & 0xFF, L);
    }

    private static boolean isBelow(byte[] bytes, int from, int top, byte[] bound) {
        if (top != bound[31]) {
            return top < bound[31];
        }
        for (var i = 30; i >= 0; i--) {
            var order = Byte.compareUnsigned(bytes[from + i], bound[i]);
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
