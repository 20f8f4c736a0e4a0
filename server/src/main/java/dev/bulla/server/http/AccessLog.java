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
final class AccessLog implements RequestLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("bulla.access");
    private static final int MAX_PATH = 300;

    private final LogLines lines = new LogLines(LOG);

    @Override
    public void log(Request request, Response response) {
        if (LOG.isInfoEnabled()) {
            lines.add(line(request, response));
        }
    }

    @Override
    public void close() {
        lines.close();
    }

    private static String line(Request request, Response response) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - request.getBeginNanoTime());
        return printable(request.getMethod()) + ' ' + path(request)
                + " status=" + response.getStatus()
                + " bytes=" + Response.getContentBytesWritten(response)
                + " duration_ms=" + millis
                + " request=" + RequestIds.of(request);
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
        if (text.length() <= MAX_PATH && text.chars().allMatch(AccessLog::isPrintable)) {
            return text;
        }
        var line = text.substring(0, Math.min(text.length(), MAX_PATH)).replaceAll("[^\\x21-\\x7e]", "?");
        return line.length() < text.length() ? line + "..." : line;
    }

    private static boolean isPrintable(int c) {
        return c > 0x20 && c < 0x7f;
    }
}
