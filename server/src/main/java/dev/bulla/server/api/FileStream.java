package dev.bulla.server.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The bytes of an uploaded file, taken from network buffers as they come. Not safe to share. */
final class FileStream extends InputStream {
    /** Where the buffers come from. */
    @FunctionalInterface
    interface Buffers {
        /**
         * The next buffer with something in it, valid until the next call; absent when the file has ended and everything
         * that must follow it has been seen.
         */
        Optional<ByteBuffer> next() throws IOException;
    }

    private final Buffers buffers;
    private ByteBuffer current = ByteBuffer.allocate(0);
    private boolean ended;

    FileStream(Buffers buffers) {
        this.buffers = buffers;
    }

    @Override
    public int read() throws IOException {
        return fill() ? current.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, current.remaining());
        current.get(target, offset, count);
        return count;
    }

    private boolean fill() throws IOException {
        while (!ended && !current.hasRemaining()) {
            var next = buffers.next();
            ended = next.isEmpty();
            current = next.orElse(ByteBuffer.allocate(0));
        }
        return current.hasRemaining();
    }
}
