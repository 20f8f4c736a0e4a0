package dev.bulla.server.http;

import dev.bulla.server.exchange.Answer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Sends an answer: status and reason, headers, and the bytes unless the method is HEAD. File content goes from the
 * file's channel to the socket through one pooled direct buffer, so memory does not grow with the file.
 */
final class Sending {
    private static final int BUFFER_BYTES = 128 * 1024;
    private static final List<HttpField> ALWAYS = List.of(
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
            new PreEncodedHttpField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            new PreEncodedHttpField("Referrer-Policy", "no-referrer"));

    private final ByteBufferPool.Sized buffers;

    Sending(ByteBufferPool pool) {
        buffers = new ByteBufferPool.Sized(pool, true, BUFFER_BYTES);
    }

    /** Sends it and completes {@code callback}; a file that cannot be opened throws before anything is sent. */
    void send(Answer answer, Request request, Response response, Callback callback) throws IOException {
        var body = answer.body();
        var file = body instanceof Answer.FilePart part && !isHead(request) ? open(part) : null;
        setHead(answer, request, response);
        if (file != null) {
            Content.copy(file, response, callback);
            return;
        }
        var bytes = body instanceof Answer.InMemory inMemory && !isHead(request)
                ? inMemory.bytes().slice()
                : BufferUtil.EMPTY_BUFFER;
        response.write(true, bytes, callback);
    }

    private void setHead(Answer answer, Request request, Response response) {
        response.setStatus(answer.status());
        if (!answer.reason().isEmpty()) {
            request.addHttpStreamWrapper(stream -> new ReasonPhrase(stream, answer.reason()));
        }
        HttpFields.Mutable headers = response.getHeaders();
        answer.headers().forEach(headers::add);
        ALWAYS.forEach(headers::add);
        headers.add("X-Request-Id", RequestIds.of(request));
        if (!(answer.body() instanceof Answer.Nothing)) {
            headers.put(HttpHeader.CONTENT_LENGTH, answer.body().lengthBytes());
        }
    }

    private Content.Source open(Answer.FilePart part) throws IOException {
        var channel = FileChannel.open(part.path(), StandardOpenOption.READ);
        return Content.Source.from(buffers, channel, part.offsetBytes(), part.lengthBytes());
    }

    private static boolean isHead(Request request) {
        return HttpMethod.HEAD.is(request.getMethod());
    }
}
