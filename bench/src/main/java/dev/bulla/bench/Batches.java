package dev.bulla.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Works on items in batches on every core and hands on the results in their order, with few batches in memory. */
final class Batches<I, O> implements AutoCloseable {
    private static final int SIZE = 2048;

    private final int cores = Runtime.getRuntime().availableProcessors();
    private final ExecutorService workers = Executors.newFixedThreadPool(cores);
    private final ArrayDeque<Future<List<O>>> pending = new ArrayDeque<>();
    private final Function<I, O> work;
    private final Consumer<O> next;
    private List<I> batch = new ArrayList<>(SIZE);

    Batches(Function<I, O> work, Consumer<O> next) {
        this.work = work;
        this.next = next;
    }

    void add(I item) {
        batch.add(item);
        if (batch.size() == SIZE) {
            submit();
        }
    }

    /** Waits for all that was added. */
    void finish() {
        submit();
        while (!pending.isEmpty()) {
            take();
        }
    }

    private void submit() {
        var items = batch;
        batch = new ArrayList<>(SIZE);
        pending.add(workers.submit(() -> items.stream().map(work).toList()));
        if (pending.size() > 2 * cores) {
            take();
        }
    }

    private void take() {
        try {
            pending.remove().get().forEach(next);
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
