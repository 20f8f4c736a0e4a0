package dev.bulla.cli.slow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * A ZIP archive of stored members, written in pieces, so that a member's bytes need not be held. Under 4 GiB. Not safe
 * to share.
 */
final class StoredZip {
    private static final int DATE = 0x00210000;

    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private long takenBytes;
    private int members;

    /** What the archive says about a member's bytes; they are counted and forgotten. */
    static final class Checksum extends OutputStream {
        private final CRC32 crc = new CRC32();
        private long sizeBytes;

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            crc.update(bytes, offset, length);
            sizeBytes += length;
        }
    }

    /** Adds a member. */
    void member(String name, byte[] content) {
        var checksum = new Checksum();
        checksum.write(content, 0, content.length);
        header(name, checksum);
        piece.writeBytes(content);
    }

    /** Adds a member whose bytes come after the next {@link #take}, from elsewhere. */
    void memberToCome(String name, Checksum checksum) {
        header(name, checksum);
        takenBytes += checksum.sizeBytes;
    }

    /** What was added since the last time. */
    byte[] take() {
        byte[] taken = piece.toByteArray();
        takenBytes += taken.length;
        piece.reset();
        return taken;
    }

    /** The last piece. */
    byte[] finish() {
        long start = takenBytes + piece.size();
        byte[] listed = directory.toByteArray();
        piece.writeBytes(listed);
        piece.writeBytes(littleEndian(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) members)
                .putShort((short) members)
                .putInt(listed.length)
                .putInt((int) start)
                .putShort((short) 0)
                .array());
        return take();
    }

    private void header(String name, Checksum checksum) {
        byte[] text = name.getBytes(UTF_8);
        int offset = (int) (takenBytes + piece.size());
        piece.writeBytes(littleEndian(6).putInt(0x04034b50).putShort((short) 20).array());
        piece.writeBytes(about(text, checksum));
        piece.writeBytes(text);
        directory.writeBytes(
                littleEndian(8).putInt(0x02014b50).putInt(20 << 16 | 20).array());
        directory.writeBytes(about(text, checksum));
        directory.writeBytes(
                littleEndian(14).putInt(6, 0x81a40000).putInt(10, offset).array());
        directory.writeBytes(text);
        members++;
    }

    /** Flags, method, date, CRC, both sizes, length of the name, nothing extra: the same in both headers. */
    private static byte[] about(byte[] name, Checksum checksum) {
        int size = (int) checksum.sizeBytes;
        return littleEndian(24)
                .putInt(0)
                .putInt(DATE)
                .putInt((int) checksum.crc.getValue())
                .putInt(size)
                .putInt(size)
                .putShort((short) name.length)
                .putShort((short) 0)
                .array();
    }

    private static ByteBuffer littleEndian(int lengthBytes) {
        return ByteBuffer.allocate(lengthBytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
