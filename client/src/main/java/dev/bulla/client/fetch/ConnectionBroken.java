package dev.bulla.client.fetch;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The network or the server failed for now: the only problem after which a request is repeated. */
final class ConnectionBroken extends ProblemException {
    private static final long serialVersionUID = 1L;

    /** How long the server asked to wait, in milliseconds; 0 when it did not. */
    final long retryAfterMillis;

    ConnectionBroken(String detail, @Nullable IOException cause) {
        this(detail, cause, 0);
    }

    ConnectionBroken(String detail, @Nullable IOException cause, long retryAfterMillis) {
        super(Code.SERVER_UNREACHABLE, detail, cause == null ? new IOException(detail) : cause);
        this.retryAfterMillis = retryAfterMillis;
    }
}
