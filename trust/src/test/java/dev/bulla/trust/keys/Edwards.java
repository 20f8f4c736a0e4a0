package dev.bulla.trust.keys;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** The curve of Ed25519 in textbook arithmetic (RFC 8032 §5.1), to make signatures that no honest signer makes. */
final class Edwards {
    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    static final BigInteger L = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);
    static final Point IDENTITY = new Point(BigInteger.ZERO, BigInteger.ONE);
    static final Point BASE = base();

    private Edwards() {}

    /** A point of the curve. */
    record Point(BigInteger x, BigInteger y) {
        Point plus(Point other) {
            var product = D.multiply(x)
                    .multiply(other.x)
                    .multiply(y)
                    .multiply(other.y)
                    .mod(P);
            var newX = x.multiply(other.y).add(y.multiply(other.x)).multiply(inverse(BigInteger.ONE.add(product)));
            var newY = y.multiply(other.y).add(x.multiply(other.x)).multiply(inverse(BigInteger.ONE.subtract(product)));
            return new Point(newX.mod(P), newY.mod(P));
        }

        Point times(BigInteger factor) {
            var sum = IDENTITY;
            for (var bit = factor.bitLength() - 1; bit >= 0; bit--) {
                sum = sum.plus(sum);
                if (factor.testBit(bit)) {
                    sum = sum.plus(this);
                }
            }
            return sum;
        }

        byte[] encoded() {
            return littleEndian(x.testBit(0) ? y.setBit(255) : y);
        }
    }

    /** Both points with this y, if there are any. */
    static List<Point> withY(BigInteger y) {
        var points = new ArrayList<Point>();
        var ySquared = y.multiply(y);
        var xSquared = ySquared.subtract(BigInteger.ONE)
                .multiply(inverse(D.multiply(ySquared).add(BigInteger.ONE)))
                .mod(P);
        // p = 5 mod 8: the root is a power, or that times the root of −1.
        var root = xSquared.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        var rootOfMinusOne = BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);
        for (var x : List.of(root, root.multiply(rootOfMinusOne).mod(P))) {
            if (x.multiply(x).mod(P).equals(xSquared)) {
                points.add(new Point(x, y));
                if (x.signum() != 0) {
                    points.add(new Point(P.subtract(x), y));
                }
                break;
            }
        }
        return points;
    }

    /** A point of order 8: any point times L has one that divides 8. */
    static Point ofOrderEight() {
        for (var y = BigInteger.TWO; ; y = y.add(BigInteger.ONE)) {
            for (var point : withY(y)) {
                var torsion = point.times(L);
                if (!torsion.times(BigInteger.valueOf(4)).equals(IDENTITY)) {
                    return torsion;
                }
            }
        }
    }

    /** k = SHA-512(R, A, M) mod L. */
    static BigInteger challenge(byte[] r, byte[] a, byte[] message) throws NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-512");
        digest.update(r);
        digest.update(a);
        return fromLittleEndian(digest.digest(message)).mod(L);
    }

    static byte[] littleEndian(BigInteger number) {
        var bytes = new byte[32];
        for (var i = 0; i < 32; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    static BigInteger fromLittleEndian(byte[] bytes) {
        var number = BigInteger.ZERO;
        for (var i = bytes.length - 1; i >= 0; i--) {
            number = number.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xFF));
        }
        return number;
    }

    private static BigInteger inverse(BigInteger number) {
        return number.mod(P).modInverse(P);
    }

    private static Point base() {
        var y = BigInteger.valueOf(4)
                .multiply(BigInteger.valueOf(5).modInverse(P))
                .mod(P);
        return withY(y).stream()
                .filter(point -> !point.x().testBit(0))
                .findFirst()
                .orElseThrow();
    }
}
