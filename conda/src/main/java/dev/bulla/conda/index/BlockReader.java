package dev.bulla.conda.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Copies blocks out of a file, or out of memory, and holds each against its check. Not safe to share between threads. */
final class BlockReader implements AutoCloseable {
    private static final int WINDOW = 1 << 18;

    private final Path path;
    private final @Nullable FileChannel file;
    private final ByteBuffer window;
    private final CRC32C crc = new CRC32C();
    private long windowStart;

    private BlockReader(Path path, @Nullable FileChannel file, ByteBuffer window) {
        this.path = path;
        this.file = file;
        this.window = window;
    }

    /** Reads what would be in a file of this path. */
    static BlockReader of(Path path, ByteBuffer blocks) {
        return new BlockReader(path, null, blocks);
    }

    /** Opens a file of this size. From now on it may be unlinked. */
    static BlockReader open(Path path, long sizeBytes) throws IOException {
        FileChannel file;
        try {
            file = FileChannel.open(path);
        } catch (NoSuchFileException e) {
            throw new DamagedIndexException(path + " is gone", e);
        }
        var window =
                ByteBuffer.allocateDirect((int) Math.min(WINDOW, sizeBytes)).limit(0);
        var reader = new BlockReader(path, file, window);
        var whole = false;
        try {
            if (file.size() != sizeBytes) {
                throw new DamagedIndexException(path + " has " + file.size() + " bytes instead of " + sizeBytes);
            }
            whole = true;
            return reader;
        } finally {
            if (!whole) {
                file.close();
            }
        }
    }

    /** Copies a block; the target has got wrong bytes when this fails. */
    void copy(long offset, int length, int check, DocumentOutput out) throws IOException {
        crc.reset();
        var at = offset;
        while (at < offset + length) {
            var piece = piece(at, offset + length - at);
            crc.update(piece.duplicate());
            at += piece.remaining();
            out.put(piece);
        }
        if ((int) crc.getValue() != check) {
            throw new DamagedIndexException(path + " has other bytes at " + offset + " than were written there");
        }
    }

    private ByteBuffer piece(long at, long wanted) throws IOException {
        if (at < windowStart || at >= windowStart + window.limit()) {
            fill(at);
        }
        var from = (int) (at - windowStart);
        return window.slice(from, (int) Math.min(wanted, window.limit() - from));
    }

    private void fill(long at) throws IOException {
        window.clear();
        windowStart = at;
        while (file != null && window.hasRemaining() && file.read(window, at + window.position()) > 0) {
            // until the window is full or the file ends
        }
        window.flip();
        if (!window.hasRemaining()) {
            throw new DamagedIndexException(path + " ends at " + at);
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
