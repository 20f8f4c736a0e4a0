package dev.bulla.channel.ledger;

import dev.bulla.channel.store.Micros;
import dev.bulla.channel.store.Sha256;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The tables {@code journal} and {@code journal_head}. */
final class JournalTable {
    private JournalTable() {}

    static long takePosition(Handle handle) {
        return handle.createQuery("UPDATE journal_head SET position = position + 1 WHERE id = 0 RETURNING position")
                .mapTo(Long.class)
                .one();
    }

    static long headPosition(Handle handle) {
        return handle.createQuery("SELECT position FROM journal_head WHERE id = 0")
                .mapTo(Long.class)
                .one();
    }

    static Instant at(Handle handle, long position) {
        return handle.createQuery("SELECT at FROM journal WHERE position = :position")
                .bind("position", position)
                .map((row, context) -> Micros.instant(row.getLong("at")))
                .one();
    }

    static boolean has(Handle handle, long position, Instant at) {
        return handle.createQuery("SELECT 1 FROM journal WHERE position = :position AND at = :at")
                .bind("position", position)
                .bind("at", Micros.of(at))
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    static void insert(Handle handle, long position, Entry entry) {
        handle.createUpdate("""
                        INSERT INTO journal (position, at, action, channel, subject, sha256, token_id, detail)
                        VALUES (:position, :at, :action, :channel, :subject, :sha256, :tokenId, :detail)
                        """)
                .bind("position", position)
                .bind("at", Micros.of(entry.at()))
                .bind("action", entry.action().text())
                .bind("channel", entry.channel())
                .bind("subject", entry.subject())
                .bind("sha256", bytes(entry.sha256()))
                .bind("tokenId", entry.tokenId())
                .bind("detail", entry.detail())
                .execute();
    }

    private static byte @Nullable [] bytes(@Nullable Sha256 digest) {
        return digest == null ? null : digest.bytes();
    }
}
