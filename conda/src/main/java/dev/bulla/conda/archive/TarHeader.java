package dev.bulla.conda.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.problem.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;

/** One header block of a tar archive (POSIX.1-1988 ustar, and GNU's variant of it). */
final class TarHeader {
    static final int BLOCK = 512;

    private static final Pattern OCTAL = Pattern.compile("[0-7]{0,12}");
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final int PREFIX_LENGTH = 155;

    private final byte[] block;

    private TarHeader(byte[] block) {
        this.block = block;
    }

    /** Checks the block's checksum and magic. */
    static TarHeader of(byte[] block) {
        var header = new TarHeader(block);
        if (header.octal(CHECKSUM, CHECKSUM_LENGTH) != header.checksum()) {
            throw damaged("has a header with a wrong checksum");
        }
        if (!header.isPosix() && !header.magic().equals("ustar  \0")) {
            throw damaged("is no ustar archive");
        }
        return header;
    }

    static boolean isZero(byte[] block) {
        for (var value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    char type() {
        return (char) (block[156] & 0xff);
    }

    long sizeBytes() {
        return octal(124, 12);
    }

    String path() {
        var name = text(0, 100);
        var prefix = isPosix() ? text(PREFIX, PREFIX_LENGTH) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    String target() {
        return text(157, 100);
    }

    private boolean isPosix() {
        return magic().equals("ustar\00000");
    }

    private String magic() {
        return new String(block, MAGIC, 8, ISO_8859_1);
    }

    private int checksum() {
        var sum = 0;
        for (var i = 0; i < BLOCK; i++) {
            var isChecksum = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
            sum += isChecksum ? ' ' : block[i] & 0xff;
        }
        return sum;
    }

    /** Octal digits between spaces and zero bytes, or GNU's big-endian number with the first bit set. */
    private long octal(int offset, int length) {
        if ((block[offset] & 0x80) != 0) {
            return binary(offset, length);
        }
        var digits =
                new String(block, offset, length, ISO_8859_1).replace('\0', ' ').strip();
        if (!OCTAL.matcher(digits).matches()) {
            throw damaged("has a header with a broken number");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private long binary(int offset, int length) {
        var number = (long) (block[offset] & 0x7f);
        for (var i = 1; i < length; i++) {
            if (number >>> 55 != 0) {
                throw damaged("has a header with an impossible number");
            }
            number = number << 8 | (block[offset + i] & 0xff);
        }
        return number;
    }

    private String text(int offset, int length) {
        var end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return decoded(block, offset, end - offset);
    }

    /** Names must be UTF-8: another reading of the bytes would be another file. */
    static String decoded(byte[] bytes, int offset, int length) {
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ArchiveException(Code.ARCHIVE_UNSAFE, "a tar archive in it has a name that is not UTF-8");
        }
    }

    static ArchiveException damaged(String why) {
        return new ArchiveException(Code.ARCHIVE_DAMAGED, "a tar archive in it " + why);
    }
}
