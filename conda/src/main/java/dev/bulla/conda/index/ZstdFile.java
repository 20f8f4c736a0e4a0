package dev.bulla.conda.index;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** Compresses a file into one zstd frame that carries its content size and no checksum. */
final class ZstdFile {
    private static final int CHUNK = 1 << 20;

    private final ZstdCompressCtx context;
    private final WritableByteChannel out;
    private final ByteBuffer plain = ByteBuffer.allocateDirect(CHUNK);
    private final ByteBuffer packed = ByteBuffer.allocateDirect(CHUNK);

    private ZstdFile(ZstdCompressCtx context, WritableByteChannel out) {
        this.context = context;
        this.out = out;
    }

    static IndexFile compress(Path source, Path target, int level) throws IOException {
        try (var in = FileChannel.open(source);
                var file = HashedOutput.open(target);
                var context = new ZstdCompressCtx()) {
            context.setLevel(level).setContentSize(true).setChecksum(false);
            context.setPledgedSrcSize(in.size());
            new ZstdFile(context, Channels.newChannel(file.stream())).compress(in);
            return file.finish();
        }
    }

    private void compress(FileChannel in) throws IOException {
        while (in.read(plain) >= 0) {
            if (!plain.hasRemaining()) {
                compress(EndDirective.CONTINUE);
            }
        }
        compress(EndDirective.END);
    }

    /** Compresses what {@code plain} holds, and at the end writes all that the context still keeps. */
    private void compress(EndDirective directive) throws IOException {
        plain.flip();
        boolean flushed;
        do {
            packed.clear();
            flushed = context.compressDirectByteBufferStream(packed, plain, directive);
            packed.flip();
            out.write(packed);
        } while (plain.hasRemaining() || (directive == EndDirective.END && !flushed));
        plain.clear();
    }
}
