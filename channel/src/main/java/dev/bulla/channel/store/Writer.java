package dev.bulla.channel.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The one thread that writes. It takes the requests that wait, up to {@value #BATCH}, gives each a savepoint so that a
 * refused one is undone alone, commits once and then answers all.
 *
 * <p>When a commit fails for another reason than a full disk, nobody can say what the disk holds: the writer stops, and
 * only opening the database again, which reads back what is there, goes on from it.
 */
final class Writer implements AutoCloseable {
    static final int BATCH = 256;
    private static final long IDLE_MILLIS = 50;
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final WriteRequest<?> STOP = new WriteRequest<>(handle -> true);

    private final LinkedBlockingQueue<WriteRequest<?>> waiting = new LinkedBlockingQueue<>();
    private final Handle handle;
    private final Checkpoints checkpoints;
    private final Disk disk;
    private final Thread thread;
    private boolean stopped;

    Writer(Handle handle, Checkpoints checkpoints, Disk disk) {
        this.handle = handle;
        this.checkpoints = checkpoints;
        this.disk = disk;
        thread = Thread.ofPlatform().name("database-writer").daemon().start(this::run);
    }

    <T> Pending<T> submit(Work<T> work) {
        var request = new WriteRequest<T>(work);
        synchronized (this) {
            if (stopped) {
                throw StoreException.stopped();
            }
            waiting.add(request);
        }
        return request;
    }

    /** Whether it still writes. */
    synchronized boolean isRunning() {
        return !stopped;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (!stopped) {
                stopped = true;
                waiting.add(STOP);
            }
        }
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true; // the requests before STOP still get their answers
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (handle) {
            var going = true;
            while (going) {
                var batch = next();
                going = !batch.remove(STOP);
                write(batch);
            }
        } catch (InterruptedException | RuntimeException | Error failure) {
            LOG.error("the database writer has stopped", failure);
        } finally {
            refuseRest();
        }
    }

    private List<WriteRequest<?>> next() throws InterruptedException {
        var first = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        while (first == null && !checkpoints.whenIdle()) {
            first = waiting.poll(Checkpoints.PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (first == null) {
            first = waiting.take();
        }
        var batch = new ArrayList<WriteRequest<?>>();
        batch.add(first);
        waiting.drainTo(batch, BATCH - 1);
        return batch;
    }

    private void write(List<WriteRequest<?>> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            KeptStatements.execute(handle, "BEGIN IMMEDIATE");
        } catch (JdbiException failure) {
            failAll(batch, failure);
            return;
        }
        try {
            batch.forEach(request -> request.run(handle));
            disk.commit(() -> KeptStatements.execute(handle, "COMMIT"));
        } catch (RuntimeException | Error failure) {
            failAll(batch, failure);
            if (!isDiskFull(failure)) {
                throw failure;
            }
            LOG.error("no space for the database; {} changes were undone", batch.size());
            rollBack();
            return;
        }
        batch.forEach(WriteRequest::answer);
        checkpoints.afterCommit();
    }

    private void rollBack() {
        try {
            KeptStatements.execute(handle, "ROLLBACK");
        } catch (JdbiException failure) {
            // SQLite has rolled back by itself when the disk was full; there is no transaction left then.
            LOG.debug("nothing to roll back", failure);
        }
    }

    private static void failAll(List<WriteRequest<?>> batch, Throwable failure) {
        batch.forEach(request -> request.fail(new StoreException("the change could not be written", failure)));
    }

    static boolean isDiskFull(Throwable failure) {
        return failure instanceof JdbiException
                && failure.getCause() instanceof SQLiteException cause
                && cause.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
    }

    private synchronized void refuseRest() {
        stopped = true;
        var rest = new ArrayList<WriteRequest<?>>();
        waiting.drainTo(rest);
        rest.forEach(request -> request.fail(StoreException.stopped()));
    }
}
