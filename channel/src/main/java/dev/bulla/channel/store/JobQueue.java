package dev.bulla.channel.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is enqueued in the transaction that causes it and done by {@link JobWorkers} later: at least once, one
 * worker at a time for each job, again after a failure with growing pauses. Jobs of one kind and subject that wait at
 * the same time are one job; one that is asked for while it runs is run once more.
 */
public final class JobQueue {
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);

    private final Database database;
    private final Clock clock;
    private final Map<String, JobHandler> handlers;

    /** A queue of jobs of these kinds. */
    public JobQueue(Database database, Clock clock, Map<String, JobHandler> handlers) {
        this.database = database;
        this.clock = clock;
        this.handlers = Map.copyOf(handlers);
    }

    /** Asks for the job, in the caller's transaction, to be done from {@code runAt} on. */
    public static void enqueue(Handle handle, Job job, Instant runAt) {
        JobTable.enqueue(handle, job, runAt);
    }

    /** Frees what an earlier process was working on; only the process that holds the folder's lock may say so. */
    public void endAllLeases() {
        database.change(JobTable::endAllLeases);
    }

    /** Does jobs, on this thread, until none is due. */
    public void runDue() {
        for (var lease = take(); lease.isPresent(); lease = take()) {
            run(lease.get());
        }
    }

    private Optional<Lease> take() {
        var now = clock.instant();
        if (!database.read(handle -> JobTable.isAnyDue(handle, now))) {
            return Optional.empty();
        }
        return database.write(handle -> JobTable.take(handle, now, LEASE));
    }

    private void run(Lease lease) {
        try {
            handler(lease.job()).run(lease.job().subject());
        } catch (Exception | Error failure) { // whatever happened to one job must not keep the others from being done
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOG.error("job failed job={} attempt={}", lease.job(), lease.attempt(), failure);
            failed(lease, failure);
            return;
        }
        database.change(handle -> JobTable.done(handle, lease));
    }

    private void failed(Lease lease, Throwable failure) {
        var runAgainAt = clock.instant().plus(pause(lease.attempt()));
        database.change(handle -> JobTable.failed(handle, lease, runAgainAt, failure.toString()));
    }

    private JobHandler handler(Job job) {
        var handler = handlers.get(job.kind());
        if (handler == null) {
            throw new IllegalStateException("no handler for the job " + job);
        }
        return handler;
    }

    private static Duration pause(long attempt) {
        var doublings = (int) Math.min(attempt - 1, 10);
        var pause = FIRST_PAUSE.multipliedBy(1L << doublings);
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
