package dev.bulla.server.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Puts a reason of ours into the status line of HTTP/1.1, where some clients look for nothing else. */
final class ReasonPhrase extends HttpStream.Wrapper {
    private final String reason;

    ReasonPhrase(HttpStream wrapped, String reason) {
        super(wrapped);
        this.reason = reason;
    }

    @Override
    public void send(
            MetaData.Request request,
            MetaData.@Nullable Response response,
            boolean last,
            @Nullable ByteBuffer content,
            Callback callback) {
        super.send(request, response == null ? null : withReason(response), last, content, callback);
    }

    private MetaData.Response withReason(MetaData.Response response) {
        if (response.getStatus() < 400) {
            return response;
        }
        return new MetaData.Response(
                response.getStatus(),
                reason,
                response.getHttpVersion(),
                response.getHttpFields(),
                response.getContentLength(),
                response.getTrailersSupplier());
    }
}
