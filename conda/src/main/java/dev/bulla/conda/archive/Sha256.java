package dev.bulla.conda.archive;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 digest in half the memory of its text: a package has one for each of its files, and again in its list. */
record Sha256(long first, long second, long third, long fourth) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final int LENGTH = 32;

    /** The digest of these 32 bytes. */
    static Sha256 of(byte[] digest) {
        var bytes = ByteBuffer.wrap(digest);
        return new Sha256(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    /** The digest of this text: 64 lower-case hexadecimal digits, else {@link IllegalArgumentException}. */
    static Sha256 parse(String hex) {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not 64 lower-case hexadecimal digits");
        }
        return of(HexFormat.of().parseHex(hex));
    }

    @Override
    public String toString() {
        var bytes = ByteBuffer.allocate(LENGTH);
        bytes.putLong(first).putLong(second).putLong(third).putLong(fourth);
        return HexFormat.of().formatHex(bytes.array());
    }
}
