package dev.bulla.channel.catalog;

import dev.bulla.channel.store.Micros;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What summaries of a channel read from the table {@code artifact}: only what the label lists. */
final class SummaryTable {
    private static final String LISTED = """
            SELECT s.name AS subdir, a.file_name, a.published_at, a.sha256, a.record, a.run_exports, a.about
            FROM subdir s JOIN artifact a ON a.subdir_id = s.id
                JOIN artifact_label l ON l.position = a.position
            WHERE s.channel = :channel AND l.label = :label
                AND a.yanked_at IS NULL AND NOT a.patched_out AND NOT l.removed
            """;

    private SummaryTable() {}

    /** The last change of anything that the label shows; 0 when the channel has no such label. */
    static long changedPosition(Handle handle, ChannelName channel, Label label) {
        return handle.createQuery("""
                        SELECT coalesce(max(u.changed_position), 0)
                        FROM subdir s JOIN index_unit u ON u.subdir_id = s.id
                        WHERE s.channel = :channel AND u.label = :label
                        """)
                .bind("channel", channel.text())
                .bind("label", label.text())
                .mapTo(Long.class)
                .one();
    }

    static List<String> packageNames(Handle handle, ChannelName channel) {
        return handle.createQuery("""
                        SELECT DISTINCT a.package_name FROM subdir s JOIN artifact a ON a.subdir_id = s.id
                        WHERE s.channel = :channel
                        ORDER BY a.package_name
                        """)
                .bind("channel", channel.text())
                .mapTo(String.class)
                .list();
    }

    static List<String> packageNamesChangedAfter(Handle handle, ChannelName channel, long position) {
        return handle.createQuery("""
                        SELECT DISTINCT a.package_name FROM subdir s JOIN artifact a ON a.subdir_id = s.id
                        WHERE s.channel = :channel AND a.changed_position > :position
                        ORDER BY a.package_name
                        """)
                .bind("channel", channel.text())
                .bind("position", position)
                .mapTo(String.class)
                .list();
    }

    static List<SummarizedArtifact> ofPackage(Handle handle, ChannelName channel, Label label, String packageName) {
        return handle.createQuery(LISTED + " AND a.package_name = :packageName ORDER BY s.name, a.file_name")
                .bind("channel", channel.text())
                .bind("label", label.text())
                .bind("packageName", packageName)
                .map((row, context) -> artifact(row))
                .list();
    }

    static List<SummarizedArtifact> newest(Handle handle, ChannelName channel, Label label, int most) {
        return handle.createQuery(LISTED + " ORDER BY a.position DESC LIMIT :most")
                .bind("channel", channel.text())
                .bind("label", label.text())
                .bind("most", most)
                .map((row, context) -> artifact(row))
                .list();
    }

    private static SummarizedArtifact artifact(ResultSet row) throws SQLException {
        return new SummarizedArtifact(
                Subdir.parse(row.getString("subdir")),
                ArchiveName.parse(row.getString("file_name")),
                Micros.instant(row.getLong("published_at")),
                row.getBytes("sha256"),
                row.getBytes("record"),
                row.getBytes("run_exports"),
                row.getBytes("about"));
    }
}
