package dev.bulla.server.http;

import dev.bulla.problem.ProblemException;
import dev.bulla.server.exchange.RequestPath;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line per request: {@code GET /t/***}{@code /main/noarch/repodata.json status=200 bytes=812 duration_ms=3
 * request=…}. Tokens are masked; queries, headers, bodies and addresses are not written at all.
 */
final class AccessLog implements RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger("bulla.access");
    private static final int MAX_PATH = 300;

    @Override
    public void log(Request request, Response response) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        LOG.info(
                "{} {} status={} bytes={} duration_ms={} request={}",
                printable(request.getMethod()),
                path(request),
                response.getStatus(),
                Response.getContentBytesWritten(response),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - request.getBeginNanoTime()),
                RequestIds.of(request));
    }

    private static String path(Request request) {
        var raw = request.getHttpURI().getPath();
        try {
            return printable(RequestPath.parse(raw == null ? "" : raw).masked());
        } catch (ProblemException e) {
            // A token may stand anywhere in a path that cannot be read, so none of it is written.
            return "(unreadable)";
        }
    }

    /** Decoded paths may hold line breaks and escape sequences of terminals; a log line holds neither. */
    private static String printable(String text) {
        var line = text.replaceAll("[^\\x21-\\x7e]", "?");
        return line.length() <= MAX_PATH ? line : line.substring(0, MAX_PATH) + "...";
    }
}
