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
 * chunks, so that neither file depends on how they came; one chunk needs no second thread. Not safe to share between threads.
 */
final class DocumentOutput implements AutoCloseable {
    private static final int CHUNK = 1 << 20;
    private static final int CHUNKS = 4;

    private final HashedFile plain;
    private final @Nullable ZstdOutput packed;
    private final @Nullable ExecutorService compressor;
    private final List<ByteBuffer> chunks = new ArrayList<>();
    private final List<@Nullable Future<?>> pending = new ArrayList<>();
    private int current;
    private long written;

    private DocumentOutput(HashedFile plain, @Nullable ZstdOutput packed, long sizeBytes) {
        this.plain = plain;
        this.packed = packed;
        compressor = packed == null || sizeBytes < CHUNK
                ? null
                : Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("index-compressor").daemon().factory());
        for (var i = 0; i < (sizeBytes < CHUNK ? 1 : CHUNKS); i++) {
            chunks.add(ByteBuffer.allocateDirect((int) Math.min(CHUNK, sizeBytes + 1)));
            pending.add(null);
        }
    }

    /** Makes the files of this form, of which neither may be there. */
    static DocumentOutput make(Path folder, IndexForm form, long sizeBytes) throws IOException {
        var plain = HashedFile.make(folder.resolve(form.fileName()));
        try {
            var packed = form.isCompressed() ? ZstdOutput.make(folder.resolve(form.compressedName()), sizeBytes) : null;
            return new DocumentOutput(plain, packed, sizeBytes);
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
        for (var i = 0; i < chunks.size(); i++) {
            await(i);
        }
        return new Written(plain.finish(), packed == null ? null : packed.finish());
    }

    /** What was made. */
    record Written(IndexFile json, @Nullable IndexFile zst) {}

    private void flush(boolean last) throws IOException {
        var chunk = chunks.get(current).flip();
        if (packed != null) {
            compress(packed, chunk.duplicate(), last);
        }
        plain.write(chunk);
        written += chunk.limit();
        current = (current + 1) % chunks.size();
        await(current);
        chunks.get(current).clear();
    }

    private void compress(ZstdOutput target, ByteBuffer bytes, boolean last) throws IOException {
        var thread = compressor;
        if (thread == null) {
            target.write(bytes, last);
            return;
        }
        pending.set(current, thread.submit(() -> {
            target.write(bytes, last);
            return null;
        }));
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
        if (compressor != null) {
            compressor.close();
        }
        try {
            plain.close();
        } finally {
            if (packed != null) {
                packed.close();
            }
        }
    }
}
