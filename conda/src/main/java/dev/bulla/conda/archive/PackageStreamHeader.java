package dev.bulla.conda.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * What stands before and behind each file that {@link PackageStream} reads: a ustar header, before it a pax record where
 * the name is longer than a ustar header takes, and zeros up to a whole block.
 */
public final class PackageStreamHeader {
    private static final int NAME_LENGTH = 100;
    private static final long LARGEST_OCTAL = 077777777777L;

    private PackageStreamHeader() {}

    /**
     * The bytes before the file.
     *
     * @param path relative
     * @param sizeBytes how long the file is, at most 8 GiB
     */
    public static byte[] before(String path, long sizeBytes) {
        if (sizeBytes > LARGEST_OCTAL) {
            throw new IllegalArgumentException("a file of the stream has at most 8 GiB, not " + sizeBytes + " bytes");
        }
        var out = new ByteArrayOutputStream();
        var name = path.getBytes(UTF_8);
        if (name.length > NAME_LENGTH) {
            var record = paxPath(name);
            out.writeBytes(header("pax".getBytes(US_ASCII), 'x', record.length));
            out.writeBytes(record);
            out.writeBytes(behind(record.length));
        }
        out.writeBytes(header(name, '0', sizeBytes));
        return out.toByteArray();
    }

    /** The zeros behind a file of this length. */
    public static byte[] behind(long sizeBytes) {
        return new byte[(int) (-sizeBytes & (TarHeader.BLOCK - 1))];
    }

    /** The zeros behind the last file. */
    public static byte[] end() {
        return new byte[2 * TarHeader.BLOCK];
    }

    private static byte[] paxPath(byte[] name) {
        var rest = " path=".length() + name.length + 1;
        var length = rest;
        while (String.valueOf(length).length() + rest != length) {
            length = String.valueOf(length).length() + rest;
        }
        var record = new ByteArrayOutputStream();
        record.writeBytes((length + " path=").getBytes(US_ASCII));
        record.writeBytes(name);
        record.write('\n');
        return record.toByteArray();
    }

    private static byte[] header(byte[] name, char type, long sizeBytes) {
        var block = new byte[TarHeader.BLOCK];
        System.arraycopy(name, 0, block, 0, Math.min(name.length, NAME_LENGTH));
        put(block, 100, "0000644\0");
        put(block, 108, "0000000\0");
        put(block, 116, "0000000\0");
        put(block, 124, String.format(Locale.ROOT, "%011o\0", sizeBytes));
        put(block, 136, "00000000000\0");
        put(block, 148, "        ");
        block[156] = (byte) type;
        put(block, 257, "ustar\00000");
        var sum = 0;
        for (var value : block) {
            sum += value & 0xff;
        }
        put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        return block;
    }

    private static void put(byte[] block, int offset, String text) {
        var bytes = text.getBytes(US_ASCII);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
    }
}
