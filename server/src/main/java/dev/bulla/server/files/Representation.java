package dev.bulla.server.files;

import dev.bulla.channel.store.Sha256;
import dev.bulla.server.exchange.Answer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one URL stands for at this moment.
 *
 * @param content the bytes
 * @param validators how a copy of it is told from another; {@code null} when every answer shall be a whole one
 * @param contentType the media type
 * @param cacheControl for how long others may keep it
 * @param coding whether the bytes are compressed for the way, and whether that depends on who asks
 */
record Representation(
        Content content, @Nullable Validators validators, String contentType, String cacheControl, Coding coding) {

    /** The same bytes for everybody. */
    Representation(Content content, @Nullable Validators validators, String contentType, String cacheControl) {
        this(content, validators, contentType, cacheControl, Coding.FIXED);
    }

    /** What {@code Content-Encoding} says. */
    enum Coding {
        /** Nothing, whatever a client accepts. */
        FIXED,
        /** Nothing, since this client accepts no coding that there is. */
        IDENTITY,
        /** RFC 1952. */
        GZIP,
        /** RFC 8878. */
        ZSTD
    }

    /**
     * What a client keeps beside its copy, to ask whether it still holds (RFC 9110, 8.8).
     *
     * @param etag strong, with its quotes
     * @param lastModified when these bytes came to be served here
     * @param immutable true when this URL never serves other bytes
     */
    record Validators(String etag, Instant lastModified, boolean immutable) {}

    /** Where the bytes are. */
    sealed interface Content {
        long lengthBytes();

        /** These of the bytes as the body of an answer. */
        Answer.Body slice(ByteRange.Slice slice);

        default Answer.Body all() {
            return slice(new ByteRange.Slice(0, lengthBytes()));
        }
    }

    /** A file whose content never changes, and its digest. */
    record InFile(Path path, Sha256 sha256, long lengthBytes) implements Content {
        @Override
        public Answer.Body slice(ByteRange.Slice slice) {
            return new Answer.FilePart(path, sha256, lengthBytes, slice.offsetBytes(), slice.lengthBytes());
        }
    }

    /** A small document in memory. */
    record InMemory(ByteBuffer bytes) implements Content {
        @Override
        public long lengthBytes() {
            return bytes.remaining();
        }

        @Override
        public Answer.Body slice(ByteRange.Slice slice) {
            return new Answer.InMemory(bytes.slice((int) slice.offsetBytes(), (int) slice.lengthBytes()));
        }
    }
}
