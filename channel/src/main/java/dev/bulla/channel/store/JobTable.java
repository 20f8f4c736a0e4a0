package dev.bulla.channel.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code job}. */
final class JobTable {
    private JobTable() {}

    static void enqueue(Handle handle, Job job, Instant runAt) {
        handle.createUpdate("""
                        INSERT INTO job (kind, subject, revision, run_at, leased_until, attempts)
                        VALUES (:kind, :subject, 1, :runAt, 0, 0)
                        ON CONFLICT (kind, subject) DO UPDATE
                        SET revision = job.revision + 1,
                            run_at = CASE WHEN excluded.run_at < job.run_at THEN excluded.run_at ELSE job.run_at END
                        """)
                .bind("kind", job.kind())
                .bind("subject", job.subject())
                .bind("runAt", Micros.of(runAt))
                .execute();
    }

    static boolean isAnyDue(Handle handle, Instant now) {
        return handle.createQuery("SELECT 1 FROM job WHERE run_at <= :now AND leased_until <= :now LIMIT 1")
                .bind("now", Micros.of(now))
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    /** While leased, {@code run_at} is the earliest of the requests that came meanwhile, or the end of the lease. */
    static Optional<Lease> take(Handle handle, Instant now, Duration length) {
        return handle.createQuery("""
                        UPDATE job SET leased_until = :until, run_at = :until, attempts = attempts + 1
                        WHERE (kind, subject) = (
                            SELECT kind, subject FROM job WHERE run_at <= :now AND leased_until <= :now
                            ORDER BY run_at LIMIT 1)
                        RETURNING kind, subject, revision, attempts
                        """)
                .bind("now", Micros.of(now))
                .bind("until", Micros.of(now.plus(length)))
                .map((row, context) -> new Lease(
                        new Job(row.getString("kind"), row.getString("subject")),
                        row.getLong("revision"),
                        row.getLong("attempts")))
                .findFirst();
    }

    /** Removes the job, or makes it free again when it was asked for once more meanwhile. */
    static void done(Handle handle, Lease lease) {
        var removed = handle.createUpdate(
                        "DELETE FROM job WHERE kind = :kind AND subject = :subject AND revision = :revision")
                .bind("kind", lease.job().kind())
                .bind("subject", lease.job().subject())
                .bind("revision", lease.revision())
                .execute();
        if (removed == 0) {
            handle.createUpdate("""
                            UPDATE job SET leased_until = 0, attempts = 0, last_error = NULL
                            WHERE kind = :kind AND subject = :subject
                            """)
                    .bind("kind", lease.job().kind())
                    .bind("subject", lease.job().subject())
                    .execute();
        }
    }

    static void failed(Handle handle, Lease lease, Instant runAgainAt, String error) {
        handle.createUpdate("""
                        UPDATE job
                        SET leased_until = 0, last_error = :error,
                            run_at = CASE WHEN run_at < :runAt THEN run_at ELSE :runAt END
                        WHERE kind = :kind AND subject = :subject
                        """)
                .bind("kind", lease.job().kind())
                .bind("subject", lease.job().subject())
                .bind("runAt", Micros.of(runAgainAt))
                .bind("error", error)
                .execute();
    }

    static void endAllLeases(Handle handle) {
        handle.execute("UPDATE job SET leased_until = 0, run_at = 0 WHERE leased_until <> 0");
    }
}
