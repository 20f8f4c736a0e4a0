package dev.bulla.server.exchange;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Blocker;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, chunk by chunk, under a limit of size and a lowest rate. Not safe to share.
 *
 * <p>The library's time limit is per read, so that a client could keep a place for hours with a byte every few seconds;
 * the lowest rate ends that.
 */
public final class RequestBody {
    private static final long LEAST_BYTES_PER_SECOND = 1024;

    private final Request request;
    private long maxBytes = Long.MAX_VALUE;
    private Duration grace = Duration.ofSeconds(20);
    private long receivedBytes;
    private long waitedNanos;

    RequestBody(Request request) {
        this.request = request;
    }

    /** The header {@code Content-Type}. */
    public Optional<String> contentType() {
        return Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    }

    /** How long the whole body says it is; absent when it is sent in chunks. */
    public OptionalLong announcedBytes() {
        long length = request.getLength();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    /**
     * Sets the limit for what is read from here on.
     *
     * @throws ProblemException {@code UPLOAD_TOO_LARGE} when the announced length is over it already
     */
    public RequestBody limitedTo(long maxBytes) {
        this.maxBytes = maxBytes;
        if (request.getLength() > maxBytes) {
            throw tooLarge();
        }
        return this;
    }

    /** Sets how long the client may keep this server waiting before its rate counts; 20 seconds when it is not set. */
    public RequestBody withGrace(Duration time) {
        this.grace = time;
        return this;
    }

    /** All of it, for small documents; {@link #limitedTo} comes first. */
    public byte[] allBytes() throws IOException {
        var all = new ByteArrayOutputStream();
        for (boolean last = false; !last; ) {
            var chunk = next();
            byte[] bytes = new byte[chunk.remaining()];
            chunk.getByteBuffer().get(bytes);
            all.writeBytes(bytes);
            last = chunk.isLast();
            chunk.release();
        }
        return all.toByteArray();
    }

    /**
     * The next bytes; waits for them. The caller releases the chunk. The last one says so and may be empty.
     *
     * @throws ProblemException {@code UPLOAD_TRUNCATED}, {@code UPLOAD_TOO_LARGE}
     */
    public Content.Chunk next() throws IOException {
        var chunk = request.read();
        while (chunk == null) {
            awaitContent();
            chunk = request.read();
        }
        if (Content.Chunk.isFailure(chunk)) {
            throw truncated("The body ended after " + receivedBytes + " bytes, before its end.", chunk.getFailure());
        }
        receivedBytes += chunk.remaining();
        if (receivedBytes > maxBytes) {
            chunk.release();
            throw tooLarge();
        }
        if (isTooSlow()) {
            chunk.release();
            throw truncated("The body came at less than " + LEAST_BYTES_PER_SECOND + " bytes a second.", null);
        }
        return chunk;
    }

    private void awaitContent() throws IOException {
        long start = System.nanoTime();
        try (var arrival = Blocker.runnable()) {
            request.demand(arrival);
            arrival.block();
        }
        waitedNanos += System.nanoTime() - start;
    }

    /** Only the time that was spent waiting for bytes counts, not what is done with them. */
    private boolean isTooSlow() {
        var waited = Duration.ofNanos(waitedNanos);
        return waited.compareTo(grace) > 0 && receivedBytes < waited.toMillis() * LEAST_BYTES_PER_SECOND / 1000;
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                Code.UPLOAD_TOO_LARGE, "The body has more than the " + maxBytes + " bytes that are allowed here.");
    }

    private static ProblemException truncated(String detail, @Nullable Throwable cause) {
        return cause == null
                ? new ProblemException(Code.UPLOAD_TRUNCATED, detail)
                : new ProblemException(Code.UPLOAD_TRUNCATED, detail, cause);
    }
}
