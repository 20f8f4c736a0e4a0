package dev.bulla.client.exports;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Some threads that do the same with many things. Not safe to share. */
final class Workers implements AutoCloseable {
    private static final int THREADS = 6;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    /** Does it with each; the first failure is thrown, after which nothing more is begun. */
    <T> void each(Iterable<T> things, Consumer<T> action) {
        var left = things.iterator();
        var failed = new AtomicBoolean();
        var running = new ArrayList<Future<?>>();
        for (var thread = 0; thread < THREADS; thread++) {
            running.add(threads.submit(() -> work(left, action, failed)));
        }
        Optional<RuntimeException> failure = Optional.empty();
        for (var one : running) {
            var ended = end(one);
            failure = failure.or(() -> ended);
        }
        failure.ifPresent(reason -> {
            throw reason;
        });
    }

    private static <T> void work(Iterator<T> left, Consumer<T> action, AtomicBoolean failed) {
        try {
            for (var next = next(left); next.isPresent() && !failed.get(); next = next(left)) {
                action.accept(next.get());
            }
        } catch (RuntimeException | Error e) {
            failed.set(true);
            throw e;
        }
    }

    private static <T> Optional<T> next(Iterator<T> left) {
        synchronized (left) {
            return left.hasNext() ? Optional.of(left.next()) : Optional.empty();
        }
    }

    private static Optional<RuntimeException> end(Future<?> one) {
        try {
            one.get();
            return Optional.empty();
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case RuntimeException failure -> Optional.of(failure);
                case Error failure -> throw failure;
                case null, default -> Optional.of(new IllegalStateException("a thread did not end", e));
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new ProblemException(Code.SERVER_UNREACHABLE, "the export was interrupted", e));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
