package dev.bulla.channel.catalog;

import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** The table {@code index_unit}. */
final class IndexUnitTable {
    private IndexUnitTable() {}

    /**
     * Notes a change at this position of what the label shows in the subdir. A label that is new to the channel gets its
     * empty index in every subdir of it, and a subdir that is new one for every label of the channel.
     */
    static void change(Handle handle, Place place, long subdirId, Label label, long position) {
        if (touch(handle, subdirId, label, position) == 0) {
            complete(handle, place.channel(), label, position);
        }
    }

    /** Notes a change at this position in the index of every label that the artifact has. */
    static void changeAll(Handle handle, long subdirId, long artifactPosition, long position) {
        handle.createUpdate("""
                        UPDATE index_unit SET changed_position = :position
                        WHERE subdir_id = :subdirId
                            AND label IN (SELECT label FROM artifact_label WHERE position = :artifact)
                        """)
                .bind("position", position)
                .bind("subdirId", subdirId)
                .bind("artifact", artifactPosition)
                .execute();
    }

    /** Notes a change at this position in the index of every label. */
    static void changeSubdir(Handle handle, long subdirId, long position) {
        handle.createUpdate("UPDATE index_unit SET changed_position = :position WHERE subdir_id = :subdirId")
                .bind("position", position)
                .bind("subdirId", subdirId)
                .execute();
    }

    private static int touch(Handle handle, long subdirId, Label label, long position) {
        return handle.createUpdate("""
                        UPDATE index_unit SET changed_position = :position
                        WHERE subdir_id = :subdirId AND label = :label
                        """)
                .bind("position", position)
                .bind("subdirId", subdirId)
                .bind("label", label.text())
                .execute();
    }

    private static void complete(Handle handle, ChannelName channel, Label label, long position) {
        handle.createUpdate("""
                        INSERT INTO index_unit (subdir_id, label, changed_position)
                        SELECT s.id, l.label, :position
                        FROM subdir s CROSS JOIN (
                            SELECT u.label FROM index_unit u JOIN subdir t ON t.id = u.subdir_id
                            WHERE t.channel = :channel
                            UNION SELECT :label UNION SELECT 'main') l
                        WHERE s.channel = :channel
                        ON CONFLICT DO NOTHING
                        """)
                .bind("channel", channel.text())
                .bind("label", label.text())
                .bind("position", position)
                .execute();
    }

    static List<IndexUnit> list(Handle handle, ChannelName channel) {
        return handle.createQuery("""
                        SELECT s.name, u.label FROM subdir s JOIN index_unit u ON u.subdir_id = s.id
                        WHERE s.channel = :channel ORDER BY s.name, u.label
                        """)
                .bind("channel", channel.text())
                .map((row, context) -> new IndexUnit(
                        new Place(channel, Subdir.parse(row.getString("name"))), Label.parse(row.getString("label"))))
                .list();
    }

    static OptionalLong changedPosition(Handle handle, IndexUnit unit) {
        return handle.createQuery("""
                        SELECT u.changed_position FROM subdir s JOIN index_unit u ON u.subdir_id = s.id
                        WHERE s.channel = :channel AND s.name = :subdir AND u.label = :label
                        """)
                .bind("channel", unit.place().channel().text())
                .bind("subdir", unit.place().subdir().text())
                .bind("label", unit.label().text())
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }
}
