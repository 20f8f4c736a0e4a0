package dev.bulla.server.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads and forgets what a refused client is still sending. Closing at once would reset the connection, and a client
 * that is busy sending then never sees why.
 */
final class Drain {
    private static final long MOST_BYTES = 64L << 20;
    private static final int READS_BEFORE_ANSWER = 16;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Drain() {}

    /**
     * Whether a body is on its way that nobody read to its end. Looks at what has arrived already, and takes it, since a
     * short body needs no more than that.
     */
    static boolean isNeeded(Request request) {
        if (HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod())) {
            return false;
        }
        for (int reads = 0; reads < READS_BEFORE_ANSWER; reads++) {
            var chunk = request.read();
            if (chunk == null) {
                return true;
            }
            boolean over = isEnd(chunk);
            chunk.release();
            if (over) {
                return false;
            }
        }
        return true;
    }

    /** Returns when the body has ended, or 64 MiB or 10 s are over. */
    static void run(Request request) throws InterruptedException {
        if (request.getHeaders().contains(HttpHeader.EXPECT) && Request.getContentBytesRead(request) == 0) {
            // The client waited to be told to send, and was told otherwise.
            return;
        }
        long deadline = System.nanoTime() + LONGEST.toNanos();
        long left = MOST_BYTES;
        while (left > 0 && System.nanoTime() < deadline) {
            var chunk = request.read();
            if (chunk == null) {
                if (!awaitContent(request, deadline)) {
                    return;
                }
                continue;
            }
            left -= chunk.remaining();
            boolean over = isEnd(chunk);
            chunk.release();
            if (over) {
                return;
            }
        }
    }

    private static boolean isEnd(Content.Chunk chunk) {
        return chunk.isLast() || Content.Chunk.isFailure(chunk);
    }

    private static boolean awaitContent(Request request, long deadlineNanos) throws InterruptedException {
        var arrived = new CountDownLatch(1);
        request.demand(arrived::countDown);
        return arrived.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
