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
    static boolean insert(Handle handle, ChannelName name, Visibility visibility, Instant createdAt) {
        return handle.createUpdate("""
                                INSERT INTO channel (name, visibility, created_at) VALUES (:name, :visibility, :createdAt)
                                ON CONFLICT DO NOTHING
                                """)
                        .bind("name", name.text())
                        .bind("visibility", visibility.text())
                        .bind("createdAt", Micros.of(createdAt))
                        .execute()
                == 1;
    }

    static Visibility visibility(Handle handle, ChannelName name) {
        return handle.createQuery("SELECT visibility FROM channel WHERE name = :name")
                .bind("name", name.text())
                .map((row, context) -> Visibility.parse(row.getString("visibility")))
                .one();
    }

    static void setVisibility(Handle handle, ChannelName name, Visibility visibility) {
        handle.createUpdate("UPDATE channel SET visibility = :visibility WHERE name = :name")
                .bind("name", name.text())
                .bind("visibility", visibility.text())
                .execute();
    }

    static List<ChannelName> list(Handle handle) {
        return handle.createQuery("SELECT name FROM channel ORDER BY name")
                .map((row, context) -> ChannelName.parse(row.getString("name")))
                .list();
    }
}
