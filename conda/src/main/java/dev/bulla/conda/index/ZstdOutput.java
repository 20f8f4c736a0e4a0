package dev.bulla.conda.index;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Writes one zstd frame that carries its content size and no checksum. Not safe to share between threads. */
final class ZstdOutput implements AutoCloseable {
    private static final int LEVEL = 1;
    private static final int PACKED = 1 << 18;

    private final HashedFile file;
    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private final ByteBuffer packed;

    private ZstdOutput(HashedFile file, long sizeBytes) {
        this.file = file;
        packed = ByteBuffer.allocateDirect((int) Math.min(PACKED, Zstd.compressBound(sizeBytes)));
        context.setLevel(LEVEL).setContentSize(true).setChecksum(false);
        context.setPledgedSrcSize(sizeBytes);
    }

    /** Makes the file for content of this size. */
    static ZstdOutput make(Path path, long sizeBytes) throws IOException {
        return new ZstdOutput(HashedFile.make(path), sizeBytes);
    }

    /** Compresses all that the direct buffer has, and at the end writes what the context still keeps. */
    void write(ByteBuffer plain, boolean last) throws IOException {
        var directive = last ? EndDirective.END : EndDirective.CONTINUE;
        boolean flushed;
        do {
            packed.clear();
            flushed = context.compressDirectByteBufferStream(packed, plain, directive);
            file.write(packed.flip());
        } while (plain.hasRemaining() || (last && !flushed));
    }

    IndexFile finish() throws IOException {
        return file.finish();
    }

    @Override
    public void close() throws IOException {
        context.close();
        file.close();
    }
}
