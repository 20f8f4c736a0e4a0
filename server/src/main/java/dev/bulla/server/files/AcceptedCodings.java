package dev.bulla.server.files;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much a client wants each coding (RFC 9110, 12.5.3), in thousandths. A coding that is not named is not wanted, also
 * with {@code *}: plain bytes suit whoever is not particular. What cannot be read ends the list.
 */
record AcceptedCodings(int gzip, int zstd, int identity) {
    private static final Pattern CODING = Pattern.compile(
            "[ \\t,]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \\t]*(?:;[ \\t]*[qQ]=([01](?:\\.[0-9]{0,3})?)[ \\t]*)?(?:,|$)");
    private static final int WHOLE = 1000;

    /** The values of all lines of the header. */
    static AcceptedCodings parse(List<String> values) {
        int gzip = 0;
        int zstd = 0;
        int identity = 0;
        var matcher = CODING.matcher(String.join(",", values));
        while (matcher.lookingAt()) {
            int weight = weight(matcher.group(2));
            switch (matcher.group(1).toLowerCase(Locale.ROOT)) {
                case "gzip", "x-gzip" -> gzip = weight;
                case "zstd" -> zstd = weight;
                case "identity" -> identity = weight;
                default -> {
                    // Codings that this server has not.
                }
            }
            matcher.region(matcher.end(), matcher.regionEnd());
        }
        return new AcceptedCodings(gzip, zstd, identity);
    }

    /** Whether zstd is wanted, and nothing else more. */
    boolean prefersZstd() {
        return zstd > 0 && zstd >= Math.max(gzip, identity);
    }

    /** Whether gzip is wanted, and plain bytes not more. */
    boolean acceptsGzip() {
        return gzip > 0 && gzip >= identity;
    }

    private static int weight(@Nullable String text) {
        return text == null ? WHOLE : Math.min(WHOLE, Math.round(Float.parseFloat(text) * WHOLE));
    }
}
