package dev.bulla.trust.curve;

import java.math.BigInteger;

/** Big integers and their little-endian bytes. */
final class Numbers {
    private Numbers() {}

    static byte[] littleEndian(BigInteger number, int length) {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    static BigInteger ofLittleEndian(byte[] bytes) {
        var number = BigInteger.ZERO;
        for (var i = bytes.length - 1; i >= 0; i--) {
            number = number.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xFF));
        }
        return number;
    }
}
