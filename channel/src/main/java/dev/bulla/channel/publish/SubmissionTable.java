package dev.bulla.channel.publish;

import dev.bulla.channel.store.Micros;
import dev.bulla.channel.store.Sha256;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code submission}. */
final class SubmissionTable {
    private SubmissionTable() {}

    /** A submission that an earlier process left behind. */
    record LeftOver(String id, String channel, String fileName, Sha256 sha256) {}

    static void insert(Handle handle, Submission submission) {
        handle.createUpdate("""
                        INSERT INTO submission
                            (id, channel, file_name, sha256, size_bytes, token_id, state, received_at)
                        VALUES (:id, :channel, :fileName, :sha256, :sizeBytes, :tokenId, 'staged', :receivedAt)
                        """)
                .bind("id", submission.id())
                .bind("channel", submission.channel().text())
                .bind("fileName", submission.name().fileName())
                .bind("sha256", submission.received().sha256().bytes())
                .bind("sizeBytes", submission.received().sizeBytes())
                .bind("tokenId", submission.tokenId())
                .bind("receivedAt", Micros.of(submission.receivedAt()))
                .execute();
    }

    /** Ends a staged submission. */
    static void decide(Handle handle, String id, String state, Instant decidedAt) {
        var changed = handle.createUpdate("""
                        UPDATE submission SET state = :state, decided_at = :decidedAt
                        WHERE id = :id AND state = 'staged'
                        """)
                .bind("id", id)
                .bind("state", state)
                .bind("decidedAt", Micros.of(decidedAt))
                .execute();
        if (changed != 1) {
            throw new IllegalStateException("submission " + id + " is not staged, it cannot become " + state);
        }
    }

    static List<LeftOver> staged(Handle handle) {
        return handle.createQuery("SELECT id, channel, file_name, sha256 FROM submission WHERE state = 'staged'")
                .map((row, context) -> new LeftOver(
                        row.getString("id"),
                        row.getString("channel"),
                        row.getString("file_name"),
                        Sha256.of(row.getBytes("sha256"))))
                .list();
    }

    static boolean isNamed(Handle handle, Sha256 sha256) {
        return handle.createQuery("SELECT 1 FROM submission WHERE sha256 = :sha256 AND state = 'staged' LIMIT 1")
                .bind("sha256", sha256.bytes())
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }
}
