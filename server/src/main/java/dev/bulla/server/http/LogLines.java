package dev.bulla.server.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;

/**
 * Log lines on their way: whoever has one goes on at once, and one thread writes them in order. A log that cannot keep
 * up slows the server down rather than lose lines.
 */
final class LogLines implements AutoCloseable {
    private static final int MOST_WAITING = 8192;
    private static final String END = "";

    private final Logger log;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread writer;

    LogLines(Logger log) {
        this.log = log;
        writer = Thread.ofPlatform().name("access-log").daemon().start(this::write);
    }

    /** Hands in a line, which is not empty. */
    void add(String line) {
        try {
            waiting.put(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.info(line);
        }
    }

    /** Returns when all that was handed in is written. */
    @Override
    public void close() {
        try {
            waiting.put(END);
            writer.join();
        } catch (InterruptedException e) {
            // Whoever stops the server does not want to wait; the lines still waiting are lost with it.
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            for (var line = waiting.take(); !line.isEmpty(); line = waiting.take()) {
                log.info(line);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the thread that writes the log", e);
        }
    }
}
