package dev.bulla.server.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads and forgets what a refused client is still sending. Closing at once would reset the connection, and a client
 * that is busy sending then never sees why.
 */
final class Drain {
    private static final long MOST_BYTES = 64L << 20;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Drain() {}

    /** Whether the client waits to be told to send: then nothing is on its way. */
    static boolean isNeedless(Request request) {
        return request.getHeaders().contains(HttpHeader.EXPECT);
    }

    /** Returns when the body has ended, or 64 MiB or 10 s are over. */
    static void run(Request request) throws InterruptedException {
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
            boolean over = chunk.isLast() || Content.Chunk.isFailure(chunk);
            chunk.release();
            if (over) {
                return;
            }
        }
    }

    private static boolean awaitContent(Request request, long deadlineNanos) throws InterruptedException {
        var arrived = new CountDownLatch(1);
        request.demand(arrived::countDown);
        return arrived.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
