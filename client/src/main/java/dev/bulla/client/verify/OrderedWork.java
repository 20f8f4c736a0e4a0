package dev.bulla.client.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Work on many small items by several threads: results come in the order of the items, on the thread that adds them, and
 * only a bounded number of items waits. Not safe to share.
 */
final class OrderedWork<I, O> {
    private static final int MAX_BATCHES = 16;

    private final ExecutorService threads;
    private final Function<I, O> work;
    private final Consumer<O> results;
    private final ArrayDeque<Future<List<O>>> running = new ArrayDeque<>();
    private final int batchSize;
    private List<I> batch = new ArrayList<>();

    /** Work in batches of so many items: many where an item is quick, one where it is slow. */
    OrderedWork(ExecutorService threads, int batchSize, Function<I, O> work, Consumer<O> results) {
        this.threads = threads;
        this.batchSize = batchSize;
        this.work = work;
        this.results = results;
    }

    /** Adds an item; may first deliver results of earlier ones. */
    void add(I item) {
        batch.add(item);
        if (batch.size() == batchSize) {
            submit();
        }
    }

    /** Delivers all results. */
    void finish() {
        submit();
        while (!running.isEmpty()) {
            deliver();
        }
    }

    private void submit() {
        if (running.size() == MAX_BATCHES) {
            deliver();
        }
        var items = batch;
        batch = new ArrayList<>();
        running.add(threads.submit(() -> items.stream().map(work).toList()));
    }

    private void deliver() {
        try {
            running.remove().get().forEach(results);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("checking a record failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
