package dev.bulla.server.files;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One range of bytes that a client asked for (RFC 9110, 14.1.2): {@code bytes=first-last}, {@code bytes=first-} or
 * {@code bytes=-suffix}.
 *
 * @param firstByte the first position; negative for a suffix, then minus its length
 * @param lastByte the last position, inclusive; {@link Long#MAX_VALUE} for "to the end"
 */
record ByteRange(long firstByte, long lastByte) {
    private static final Pattern SYNTAX =
            Pattern.compile("(?i)bytes[ \t]*=[ \t]*(?:([0-9]+)-([0-9]*)|-([0-9]+))[ \t]*");
    private static final int DIGITS_OF_LONG = 18;

    /** The bytes of a file that a satisfiable range means. */
    record Slice(long offsetBytes, long lengthBytes) {}

    /**
     * The header's only range. Absent when the header is to be ignored: another unit, several ranges, an end before the
     * start, or no range at all.
     */
    static Optional<ByteRange> parse(String header) {
        var match = SYNTAX.matcher(header);
        if (!match.matches()) {
            return Optional.empty();
        }
        var suffix = match.group(3);
        if (suffix != null) {
            return Optional.of(new ByteRange(-position(suffix), suffix.matches("0+") ? -1 : Long.MAX_VALUE));
        }
        long first = position(match.group(1));
        long last = match.group(2).isEmpty() ? Long.MAX_VALUE : position(match.group(2));
        return last < first ? Optional.empty() : Optional.of(new ByteRange(first, last));
    }

    /** The part of a file of this length; absent when it has none of these bytes. */
    Optional<Slice> in(long fileBytes) {
        long start = firstByte < 0 ? Math.max(0, fileBytes + firstByte) : firstByte;
        if (lastByte < 0 || start >= fileBytes) {
            return Optional.empty();
        }
        long end = Math.min(lastByte, fileBytes - 1);
        return Optional.of(new Slice(start, end - start + 1));
    }

    /** A position of any number of digits; no file reaches those that do not fit. */
    private static long position(String digits) {
        var significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > DIGITS_OF_LONG ? Long.MAX_VALUE : Long.parseLong(significant);
    }
}
