package dev.bulla.server.http;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Request;

/**
 * The name that the log and the answer give a request: unique on this server, short enough to read out, and not a
 * secret.
 */
final class RequestIds {
    private static final String ATTRIBUTE = "bulla.request-id";
    private static final int RADIX = 36;

    private final String start;
    private final AtomicLong next = new AtomicLong(1);

    RequestIds(Clock clock) {
        start = Long.toString(clock.millis() / 1000, RADIX);
    }

    /** Names a request, once. */
    String assign(Request request) {
        var id = start + "-" + Long.toString(next.getAndIncrement(), RADIX);
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** The name of a request, or {@code -} when it was too broken to get one. */
    static String of(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof String id ? id : "-";
    }
}
