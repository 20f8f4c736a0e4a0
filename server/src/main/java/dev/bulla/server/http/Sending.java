package dev.bulla.server.http;

import dev.bulla.server.exchange.Answer;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Sends an answer: status and reason, headers, and the bytes unless the method is HEAD. */
final class Sending {
    private static final List<HttpField> ALWAYS = List.of(
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
            new PreEncodedHttpField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            new PreEncodedHttpField("Referrer-Policy", "no-referrer"));

    private final HotFiles hotFiles = new HotFiles();

    /** Sends it and completes {@code callback}; a file that cannot be opened throws before anything is sent. */
    void send(Answer answer, Request request, Response response, Callback callback) throws IOException {
        if (HttpMethod.HEAD.is(request.getMethod())) {
            setHead(answer, request, response);
            response.write(true, BufferUtil.EMPTY_BUFFER, callback);
            return;
        }
        switch (answer.body()) {
            case Answer.Nothing _ -> {
                setHead(answer, request, response);
                response.write(true, BufferUtil.EMPTY_BUFFER, callback);
            }
            case Answer.InMemory inMemory -> {
                setHead(answer, request, response);
                response.write(true, inMemory.bytes().slice(), callback);
            }
            case Answer.FilePart part
            when part.fileBytes() <= HotFiles.MAX_FILE_BYTES -> {
                var bytes = hotFiles.part(part);
                setHead(answer, request, response);
                response.write(true, bytes, callback);
            }
            case Answer.FilePart part -> {
                var sending = MappedSending.open(part, response, callback);
                setHead(answer, request, response);
                sending.iterate();
            }
        }
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
}
