package dev.bulla.trust.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** The canonical text of numbers. Integers stay integers; floats get the fewest digits that read back the same. */
final class Numbers {
    private static final BigInteger UINT64 = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger INT64_MIN = BigInteger.ONE.shiftLeft(63).negate();

    private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);

    private Numbers() {}

    static String canonical(JsonNumber number, Dialect dialect) {
        if (!number.isInteger()) {
            return floating(number.text(), dialect);
        }
        if (number.text().equals("-0")) {
            return "0";
        }
        return dialect == Dialect.LIBMAMBA && isOver64Bits(number.text())
                ? floating(number.text(), dialect)
                : number.text();
    }

    private static boolean isOver64Bits(String text) {
        if (text.length() < 19) {
            return false;
        }
        var value = new BigInteger(text);
        return value.compareTo(UINT64) >= 0 || value.compareTo(INT64_MIN) < 0;
    }

    private static String floating(String text, Dialect dialect) {
        var value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new JsonException("the number " + Excerpt.of(text) + " is beyond a double and has no canonical form");
        }
        var plainDigits = dialect == Dialect.CONDA ? 16 : 15;
        return layout(value, plainDigits);
    }

    /**
     * Sign, digits and point as both writers place them.
     *
     * @param plainDigits how many digits may stand before the point before an exponent is used
     */
    private static String layout(double value, int plainDigits) {
        var sign = Math.copySign(1, value) < 0 ? "-" : "";
        if (value == 0) {
            return sign + "0.0";
        }
        var shortest = shortest(Math.abs(value));
        var digits = shortest.unscaledValue().toString();
        var point = digits.length() - shortest.scale(); // How many digits stand before the point.
        if (point > plainDigits || point < -3) {
            return sign + withExponent(digits, point - 1);
        }
        if (point <= 0) {
            return sign + "0." + "0".repeat(-point) + digits;
        }
        return point >= digits.length()
                ? sign + digits + "0".repeat(point - digits.length()) + ".0"
                : sign + digits.substring(0, point) + "." + digits.substring(point);
    }

    private static String withExponent(String digits, int exponent) {
        var mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        var size = Math.abs(exponent);
        return mantissa + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
    }

    /** The shortest decimal that rounds to this positive double; of those, the nearest. Without trailing zeros. */
    private static BigDecimal shortest(double value) {
        var decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        // Double.toString gives the shortest but for one case: it never gives less than two digits.
        if (decimal.precision() != 2) {
            return decimal;
        }
        var one = decimal.round(ONE_DIGIT).stripTrailingZeros();
        return one.doubleValue() == value ? one : decimal;
    }
}
