package dev.bulla.client.fetch;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** The network or the server failed for now: the only problem after which a request is repeated. */
final class ConnectionBroken extends ProblemException {
    private static final long serialVersionUID = 1L;

    /** How long the server asked to wait, in milliseconds; 0 when it did not. */
    final long retryAfterMillis;

    /** A request to this address broke off. */
    static ConnectionBroken of(URI uri, IOException cause) {
        var why = cause instanceof UnknownHostException ? "there is no such host" : cause.getMessage();
        return new ConnectionBroken(ChannelUrl.shown(uri) + ": " + why, cause);
    }

    ConnectionBroken(String detail, @Nullable IOException cause) {
        this(detail, cause, 0);
    }

    ConnectionBroken(String detail, @Nullable IOException cause, long retryAfterMillis) {
        super(Code.SERVER_UNREACHABLE, detail, cause == null ? new IOException(detail) : cause);
        this.retryAfterMillis = retryAfterMillis;
    }
}
