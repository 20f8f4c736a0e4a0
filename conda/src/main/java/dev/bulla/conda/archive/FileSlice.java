package dev.bulla.conda.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;

/**
 * A part of a file as a stream. A failure of the disk is thrown as {@link UncheckedIOException}, to tell it from what
 * decoders throw when the content is broken. Not safe to share between threads.
 */
final class FileSlice extends InputStream {
    private final FileChannel channel;
    private final long end;
    private final CRC32 crc = new CRC32();
    private long position;

    FileSlice(FileChannel channel, long start, long lengthBytes) {
        this.channel = channel;
        this.position = start;
        this.end = start + lengthBytes;
    }

    /** The bytes from there, exactly this many. */
    static ByteBuffer bytes(FileChannel channel, long start, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, start + bytes.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (position == end) {
            return -1;
        }
        try {
            var wanted = (int) Math.min(length, end - position);
            var count = channel.read(ByteBuffer.wrap(bytes, offset, wanted), position);
            if (count < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            crc.update(bytes, offset, count);
            position += count;
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long remaining() {
        return end - position;
    }

    /** The CRC-32 of what was read. */
    long crc() {
        return crc.getValue();
    }
}
