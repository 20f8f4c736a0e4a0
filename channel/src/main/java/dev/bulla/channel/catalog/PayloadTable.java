package dev.bulla.channel.catalog;

import dev.bulla.channel.store.Micros;
import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Subdir;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The column {@code payload} of the table {@code artifact}. */
final class PayloadTable {
    private PayloadTable() {}

    static List<Payloads.Waiting> waiting(Handle handle, long afterPosition, int atMost) {
        return handle.createQuery("""
                        SELECT s.channel, s.name AS subdir, a.file_name, a.position, a.changed_position,
                            a.yanked_at IS NOT NULL AS yanked, a.sha256, a.md5, a.size_bytes, a.published_at
                        FROM artifact a JOIN subdir s ON s.id = a.subdir_id
                        WHERE a.payload = 'unchecked' AND a.position > :after ORDER BY a.position LIMIT :atMost
                        """)
                .bind("after", afterPosition)
                .bind("atMost", atMost)
                .map((row, context) -> new Payloads.Waiting(
                        new Artifact(
                                new Place(
                                        ChannelName.parse(row.getString("channel")),
                                        Subdir.parse(row.getString("subdir"))),
                                row.getLong("position"),
                                row.getLong("changed_position"),
                                row.getBoolean("yanked"),
                                Sha256.of(row.getBytes("sha256")),
                                row.getString("md5"),
                                row.getLong("size_bytes"),
                                Micros.instant(row.getLong("published_at"))),
                        ArchiveName.parse(row.getString("file_name"))))
                .list();
    }

    static void set(Handle handle, long position, Payload payload) {
        handle.createUpdate("UPDATE artifact SET payload = :payload WHERE position = :position")
                .bind("payload", payload.text())
                .bind("position", position)
                .execute();
    }

    static Payload find(Handle handle, long position) {
        return handle.createQuery("SELECT payload FROM artifact WHERE position = :position")
                .bind("position", position)
                .map((row, context) -> Payload.of(row.getString("payload")))
                .one();
    }

    static Payloads.Counts counts(Handle handle, ChannelName channel) {
        return new Payloads.Counts(
                count(handle, channel, "unchecked"),
                count(handle, channel, "no_paths"),
                count(handle, channel, "failed"));
    }

    /** The state stands in the text, since an index of only these rows is used for nothing else. */
    private static long count(Handle handle, ChannelName channel, String state) {
        return handle.createQuery("SELECT count(*) FROM artifact a JOIN subdir s ON s.id = a.subdir_id"
                        + " WHERE a.payload = '" + state + "' AND s.channel = :channel")
                .bind("channel", channel.text())
                .mapTo(Long.class)
                .one();
    }
}
