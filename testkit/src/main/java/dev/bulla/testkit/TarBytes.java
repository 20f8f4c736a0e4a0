package dev.bulla.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Locale;

/**
 * A tar archive written block by block, well-formed unless told otherwise. It writes what it is given: any type flag,
 * any name. Not safe to share between threads.
 */
public final class TarBytes {
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Charset names = UTF_8;

    /** Writes the names that follow in this charset. */
    public TarBytes namesIn(Charset charset) {
        names = charset;
        return this;
    }

    /** Adds a regular file. */
    public TarBytes file(String path, byte[] content) {
        return member('0', path, "", content);
    }

    /** Adds a regular file with this text. */
    public TarBytes file(String path, String content) {
        return file(path, content.getBytes(UTF_8));
    }

    /** Adds a soft link. */
    public TarBytes softlink(String path, String target) {
        return member('2', path, target, new byte[0]);
    }

    /** Adds a hard link; in tar its target is a path from the archive's root. */
    public TarBytes hardlink(String path, String target) {
        return member('1', path, target, new byte[0]);
    }

    /** Adds a directory. */
    public TarBytes directory(String path) {
        return member('5', path, "", new byte[0]);
    }

    /** Adds a member of any type; a name over 100 bytes goes into a pax header before it. */
    public TarBytes member(char type, String path, String target, byte[] content) {
        if (path.getBytes(UTF_8).length > 100) {
            pax("path", path);
        }
        if (target.getBytes(UTF_8).length > 100) {
            pax("linkpath", target);
        }
        return header(type, path, target, content.length).raw(padded(content));
    }

    /** Adds a pax extended header with one keyword for the member that follows. */
    public TarBytes pax(String keyword, String value) {
        var content = paxRecord(keyword, value);
        return header('x', "pax", "", content.length).raw(padded(content));
    }

    /** Adds a header block alone, whatever length it announces. */
    public TarBytes header(char type, String path, String target, long lengthBytes) {
        var block = new byte[BLOCK];
        text(block, 0, 100, path);
        text(block, 100, 8, "0000644\0");
        text(block, 108, 8, "0000000\0");
        text(block, 116, 8, "0000000\0");
        text(block, 124, 12, octal(lengthBytes));
        text(block, 136, 12, "00000000000\0");
        block[156] = (byte) type;
        text(block, 157, 100, target);
        text(block, 257, 8, "ustar\00000");
        text(block, 148, 8, checksum(block));
        return raw(block);
    }

    /** Adds bytes as they are. */
    public TarBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** The archive with its two closing blocks of zeros. */
    public byte[] bytes() {
        var unclosed = unclosedBytes();
        return Arrays.copyOf(unclosed, unclosed.length + 2 * BLOCK);
    }

    /** The archive without its end. */
    public byte[] unclosedBytes() {
        return out.toByteArray();
    }

    private static byte[] paxRecord(String keyword, String value) {
        var rest = " " + keyword + "=" + value + "\n";
        var length = rest.getBytes(UTF_8).length;
        var digits = String.valueOf(length + String.valueOf(length).length()).length();
        return (length + digits + rest).getBytes(UTF_8);
    }

    private static byte[] padded(byte[] content) {
        return Arrays.copyOf(content, (content.length + BLOCK - 1) / BLOCK * BLOCK);
    }

    private static String octal(long value) {
        return String.format(Locale.ROOT, "%011o\0", value);
    }

    private static String checksum(byte[] block) {
        Arrays.fill(block, 148, 156, (byte) ' ');
        var sum = 0;
        for (var value : block) {
            sum += value & 0xff;
        }
        return String.format(Locale.ROOT, "%06o\0 ", sum);
    }

    private void text(byte[] block, int offset, int room, String text) {
        var bytes = text.getBytes(names);
        System.arraycopy(bytes, 0, block, offset, Math.min(bytes.length, room));
    }
}
