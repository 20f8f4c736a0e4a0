package dev.bulla.server.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Files as gzip, in memory outside the heap, the ones used lately. Only for paths whose content never changes. One file
 * is compressed at a time, and whoever wants the same meanwhile waits for it rather than doing it again.
 */
final class GzippedFiles {
    /** The longest file that is compressed. */
    static final long MAX_FILE_BYTES = 64L << 20;

    private static final long MAX_TOTAL_BYTES = 64L << 20;
    private static final int PIECE_BYTES = 64 * 1024;

    /**
     * A compressed file.
     *
     * @param bytes to be sliced by whoever reads from it
     * @param digest tells it from what another compressor makes of the same file
     */
    record Gzipped(ByteBuffer bytes, String digest) {}

    private final ReentrantLock compressing = new ReentrantLock();

    /** In the order of use, the latest last. Guarded by itself. */
    private final LinkedHashMap<Path, Gzipped> files = new LinkedHashMap<>(16, 0.75f, true);

    private long totalBytes;

    /** This file, compressed. */
    Gzipped of(Path file) throws IOException {
        var kept = kept(file);
        if (kept != null) {
            return kept;
        }
        compressing.lock();
        try {
            var meanwhile = kept(file);
            if (meanwhile != null) {
                return meanwhile;
            }
            var made = compressed(file);
            keep(file, made);
            return made;
        } finally {
            compressing.unlock();
        }
    }

    private @Nullable Gzipped kept(Path file) {
        synchronized (files) {
            return files.get(file);
        }
    }

    private void keep(Path file, Gzipped gzipped) {
        synchronized (files) {
            files.put(file, gzipped);
            totalBytes += gzipped.bytes().capacity();
            while (totalBytes > MAX_TOTAL_BYTES && files.size() > 1) {
                totalBytes -= files.pollFirstEntry().getValue().bytes().capacity();
            }
        }
    }

    private static Gzipped compressed(Path file) throws IOException {
        var pieces = new Pieces();
        try (var gzip = new GZIPOutputStream(pieces, PIECE_BYTES)) {
            Files.copy(file, gzip);
        }
        var bytes = pieces.joined();
        var digest = new CRC32C();
        digest.update(bytes.duplicate());
        return new Gzipped(bytes, HexFormat.of().toHexDigits((int) digest.getValue()));
    }

    /** Collects outside the heap, doubling. */
    private static final class Pieces extends OutputStream {
        private ByteBuffer collected = ByteBuffer.allocateDirect(PIECE_BYTES);

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (collected.remaining() < length) {
                int needed = collected.position() + length;
                collected = copy(Math.max(needed, 2 * collected.capacity()));
            }
            collected.put(bytes, offset, length);
        }

        ByteBuffer joined() {
            return copy(collected.position()).flip().asReadOnlyBuffer();
        }

        private ByteBuffer copy(int capacity) {
            return ByteBuffer.allocateDirect(capacity).put(collected.flip());
        }
    }
}
