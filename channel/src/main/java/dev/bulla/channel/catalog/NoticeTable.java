package dev.bulla.channel.catalog;

import dev.bulla.channel.store.Micros;
import dev.bulla.conda.name.ChannelName;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code notice}. */
final class NoticeTable {
    private NoticeTable() {}

    static void set(Handle handle, ChannelName channel, Notice notice) {
        handle.createUpdate("""
                        INSERT INTO notice (channel, id, level, message, created_at, expires_at)
                        VALUES (:channel, :id, :level, :message, :createdAt, :expiresAt)
                        ON CONFLICT (channel, id) DO UPDATE SET level = excluded.level, message = excluded.message,
                            created_at = excluded.created_at, expires_at = excluded.expires_at
                        """)
                .bind("channel", channel.text())
                .bind("id", notice.id())
                .bind("level", notice.level().text())
                .bind("message", notice.message())
                .bind("createdAt", Micros.of(notice.createdAt()))
                .bind("expiresAt", Micros.of(notice.expiresAt()))
                .execute();
    }

    static boolean remove(Handle handle, ChannelName channel, String id) {
        return handle.createUpdate("DELETE FROM notice WHERE channel = :channel AND id = :id")
                        .bind("channel", channel.text())
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** Those that have not expired at this time, the oldest first. */
    static List<Notice> list(Handle handle, ChannelName channel, Instant now) {
        return handle.createQuery("""
                        SELECT id, level, message, created_at, expires_at FROM notice
                        WHERE channel = :channel AND expires_at > :now
                        ORDER BY created_at, id
                        """)
                .bind("channel", channel.text())
                .bind("now", Micros.of(now))
                .map((row, context) -> new Notice(
                        row.getString("id"),
                        Notice.Level.parse(row.getString("level")),
                        row.getString("message"),
                        Micros.instant(row.getLong("created_at")),
                        Micros.instant(row.getLong("expires_at"))))
                .list();
    }
}
