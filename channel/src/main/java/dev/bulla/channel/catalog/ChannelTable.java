package dev.bulla.channel.catalog;

import dev.bulla.channel.store.Micros;
import dev.bulla.conda.name.ChannelName;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code channel}. */
final class ChannelTable {
    private ChannelTable() {}

    /** False when there is one of this name. */
    static boolean insert(Handle handle, ChannelName name, Instant createdAt) {
        return handle.createUpdate("""
                                INSERT INTO channel (name, created_at) VALUES (:name, :createdAt)
                                ON CONFLICT DO NOTHING
                                """)
                        .bind("name", name.text())
                        .bind("createdAt", Micros.of(createdAt))
                        .execute()
                == 1;
    }

    static List<ChannelName> list(Handle handle) {
        return handle.createQuery("SELECT name FROM channel ORDER BY name")
                .map((row, context) -> ChannelName.parse(row.getString("name")))
                .list();
    }
}
