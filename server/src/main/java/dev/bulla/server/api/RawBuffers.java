package dev.bulla.server.api;

import dev.bulla.server.exchange.RequestBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.io.Content;

/** A file that is the whole body. Not safe to share. */
final class RawBuffers implements FileStream.Buffers {
    private final RequestBody body;
    private Content.Chunk chunk = Content.Chunk.EMPTY;

    RawBuffers(RequestBody body) {
        this.body = body;
    }

    @Override
    public Optional<ByteBuffer> next() throws IOException {
        boolean wasLast = chunk.isLast();
        chunk.release();
        if (wasLast) {
            return Optional.empty();
        }
        chunk = body.next();
        return Optional.of(chunk.getByteBuffer());
    }
}
