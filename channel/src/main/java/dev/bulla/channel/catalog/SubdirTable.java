package dev.bulla.channel.catalog;

import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Subdir;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code subdir}. */
final class SubdirTable {
    private SubdirTable() {}

    /** Notes a change at this position; the subdir comes into being with its first one. Returns its id. */
    static long change(Handle handle, Place place, long position) {
        return handle.createQuery("""
                        INSERT INTO subdir (id, channel, name, changed_position)
                        VALUES ((SELECT coalesce(max(id), 0) + 1 FROM subdir), :channel, :name, :position)
                        ON CONFLICT (channel, name) DO UPDATE SET changed_position = excluded.changed_position
                        RETURNING id
                        """)
                .bind("channel", place.channel().text())
                .bind("name", place.subdir().text())
                .bind("position", position)
                .mapTo(Long.class)
                .one();
    }

    static List<Subdir> list(Handle handle, ChannelName channel) {
        return handle.createQuery("SELECT name FROM subdir WHERE channel = :channel ORDER BY name")
                .bind("channel", channel.text())
                .map((row, context) -> Subdir.parse(row.getString("name")))
                .list();
    }
}
