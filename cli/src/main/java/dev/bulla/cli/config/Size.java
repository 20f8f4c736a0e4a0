package dev.bulla.cli.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes as people write it: {@code 4096}, {@code 512MiB}, {@code 4GiB}. */
public final class Size {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(|KiB|MiB|GiB|TiB)");
    private static final String UNITS = "KMGT";

    private Size() {}

    static boolean matches(String text) {
        return FORM.matcher(text).matches();
    }

    /** The bytes of a text that {@link Key#expected} lets pass. */
    public static long bytes(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("not a size: " + text);
        }
        int power = form.group(2).isEmpty() ? 0 : UNITS.indexOf(form.group(2).charAt(0)) + 1;
        return Math.multiplyExact(Long.parseLong(form.group(1)), 1L << (10 * power));
    }

    /** A size for people, such as {@code 1.4 MiB}. */
    public static String text(long bytes) {
        int power = 0;
        double value = bytes;
        while (value >= 1024 && power < UNITS.length()) {
            value /= 1024;
            power++;
        }
        return power == 0 ? bytes + " B" : "%.1f %ciB".formatted(value, UNITS.charAt(power - 1));
    }
}
