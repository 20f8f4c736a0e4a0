package dev.bulla.channel;

import dev.bulla.channel.store.Sha256;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;

/** A file as clients see it, with what they need to ask for it again. Its content never changes. */
public sealed interface ServedFile {
    /** A strong entity tag with its quotes, of this content at this address and of no other. */
    String etag();

    /** When this content came to this address, in whole seconds. */
    Instant lastModified();

    /** The media type. */
    String contentType();

    /** The length of the content. */
    long sizeBytes();

    /**
     * A file on disk. Open it soon: it stays at this path for at least ten seconds after something newer took its place,
     * and once open it can be read to its end.
     *
     * @param path where it is
     * @param sha256 of the content
     */
    record OnDisk(Path path, Sha256 sha256, String etag, Instant lastModified, String contentType, long sizeBytes)
            implements ServedFile {}

    /**
     * A small file held in memory.
     *
     * @param content the bytes, read-only; duplicate the buffer before reading from it
     */
    record InMemory(ByteBuffer content, String etag, Instant lastModified, String contentType) implements ServedFile {
        /** Makes the buffer read-only. */
        public InMemory {
            content = content.asReadOnlyBuffer();
        }

        @Override
        public long sizeBytes() {
            return content.remaining();
        }
    }
}
