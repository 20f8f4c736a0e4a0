package dev.bulla.conda.index;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Writes a document of known length and, in a second thread, its compressed twin. Bytes go to both in the same full
 * chunks, so that neither file depends on how they came. Not safe to share between threads.
 */
final class DocumentOutput implements AutoCloseable {
    private static final int CHUNK = 1 << 20;
    private static final int CHUNKS = 4;

    private final HashedFile plain;
    private final @Nullable ZstdOutput packed;
    private final ExecutorService compressor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("index-compressor").daemon().factory());
    private final List<ByteBuffer> chunks = new ArrayList<>();
    private final List<@Nullable Future<?>> pending = new ArrayList<>();
    private int current;
    private long written;

    private DocumentOutput(HashedFile plain, @Nullable ZstdOutput packed) {
        this.plain = plain;
        this.packed = packed;
        for (var i = 0; i < CHUNKS; i++) {
            chunks.add(ByteBuffer.allocateDirect(CHUNK));
            pending.add(null);
        }
    }

    /** Makes the files of this form, of which neither may be there. */
    static DocumentOutput make(Path folder, IndexForm form, long sizeBytes) throws IOException {
        var plain = HashedFile.make(folder.resolve(form.fileName()));
        try {
            var packed = form.isCompressed() ? ZstdOutput.make(folder.resolve(form.compressedName()), sizeBytes) : null;
            return new DocumentOutput(plain, packed);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** Bytes so far. */
    long position() {
        return written + chunks.get(current).position();
    }

    void put(byte[] bytes) throws IOException {
        put(ByteBuffer.wrap(bytes));
    }

    /** Takes all that the buffer has. */
    void put(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            var chunk = chunks.get(current);
            var count = Math.min(bytes.remaining(), chunk.remaining());
            chunk.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            if (!chunk.hasRemaining()) {
                flush(false);
            }
        }
    }

    /** Completes both files. */
    Written finish() throws IOException {
        flush(true);
        for (var i = 0; i < CHUNKS; i++) {
            await(i);
        }
        return new Written(plain.finish(), packed == null ? null : packed.finish());
    }

    /** What was made. */
    record Written(IndexFile json, @Nullable IndexFile zst) {}

    private void flush(boolean last) throws IOException {
        var chunk = chunks.get(current).flip();
        var target = packed;
        if (target != null) {
            var bytes = chunk.duplicate();
            pending.set(current, compressor.submit(() -> {
                target.write(bytes, last);
                return null;
            }));
        }
        plain.write(chunk);
        written += chunk.limit();
        current = (current + 1) % CHUNKS;
        await(current);
        chunks.get(current).clear();
    }

    /** Waits until a chunk is free. */
    private void await(int index) throws IOException {
        var future = Optional.ofNullable(pending.set(index, null));
        try {
            if (future.isPresent()) {
                future.get().get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while compressing").initCause(e);
        } catch (ExecutionException e) {
            throw new IOException("cannot compress: " + e.getCause(), e);
        }
    }

    /** Lets go of the files; those that are not complete go away. */
    @Override
    public void close() throws IOException {
        compressor.close();
        try {
            plain.close();
        } finally {
            if (packed != null) {
                packed.close();
            }
        }
    }
}
