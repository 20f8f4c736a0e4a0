package dev.bulla.channel.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Work that waits for the {@link Writer}, and its answer, which is given only after the commit. */
final class WriteRequest<T> implements Pending<T> {
    private final Work<T> work;
    private final CompletableFuture<Boolean> committed = new CompletableFuture<>();
    private @Nullable T result;
    private @Nullable RuntimeException refusal;

    WriteRequest(Work<T> work) {
        this.work = work;
    }

    /** On the writer's thread: does the work in a savepoint. */
    void run(Handle handle) {
        KeptStatements.execute(handle, "SAVEPOINT request");
        try {
            result = work.run(handle);
        } catch (RuntimeException e) {
            if (Writer.isDiskFull(e)) {
                throw e; // SQLite has then undone the whole transaction, savepoints included
            }
            refusal = e;
            KeptStatements.execute(handle, "ROLLBACK TO request");
        }
        KeptStatements.execute(handle, "RELEASE request");
    }

    /** On the writer's thread: the commit is durable. */
    void answer() {
        committed.complete(true);
    }

    /** On the writer's thread: nothing of it was kept. */
    void fail(RuntimeException failure) {
        committed.completeExceptionally(failure);
    }

    @Override
    @SuppressWarnings("NullAway") // after the commit a missing result is the null that the work returned
    public T await() {
        try {
            committed.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        if (refusal != null) {
            throw refusal;
        }
        return result;
    }
}
