package dev.bulla.server.exchange;

import dev.bulla.channel.store.Sha256;
import dev.bulla.trust.json.Json;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * What to send back. {@code Content-Length} comes from the body; headers that every answer has are added when it is
 * sent.
 *
 * @param status the HTTP status
 * @param reason what HTTP/1.1 shows beside the status, printable ASCII; empty for the usual words
 * @param headers this answer's own
 * @param body what follows them, left out for HEAD
 */
public record Answer(int status, String reason, HttpFields headers, Body body) {
    private static final HttpField NO_STORE = new HttpField(HttpHeader.CACHE_CONTROL, "no-store");

    /** The bytes of an answer. */
    public sealed interface Body {
        /** How many bytes; 0 for nothing. */
        long lengthBytes();
    }

    /** No body and no {@code Content-Length}, as 304 wants it. */
    public record Nothing() implements Body {
        @Override
        public long lengthBytes() {
            return 0;
        }
    }

    /** Bytes in memory; whoever made them does not change them any more. */
    public record InMemory(ByteBuffer bytes) implements Body {
        @Override
        public long lengthBytes() {
            return bytes.remaining();
        }
    }

    /** A part of a file of {@code fileBytes} whose content never changes and has this digest. */
    public record FilePart(Path path, Sha256 sha256, long fileBytes, long offsetBytes, long lengthBytes)
            implements Body {}

    /** An answer with the usual reason phrase. */
    public static Answer of(int status, HttpFields headers, Body body) {
        return new Answer(status, "", headers, body);
    }

    /** A JSON document that nobody caches. */
    public static Answer json(int status, Json document) {
        var headers = HttpFields.build()
                .add(HttpHeader.CONTENT_TYPE, "application/json")
                .add(NO_STORE);
        return of(status, headers, new InMemory(ByteBuffer.wrap(document.compact())));
    }
}
