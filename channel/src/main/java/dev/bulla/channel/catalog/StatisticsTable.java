package dev.bulla.channel.catalog;

import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Sums over the table {@code artifact}; they read all rows of a channel. */
final class StatisticsTable {
    private StatisticsTable() {}

    static List<SubdirStatistics> subdirs(Handle handle, ChannelName channel) {
        return handle.createQuery("""
                        SELECT s.name, count(*) AS artifacts, sum(a.size_bytes) AS bytes,
                            count(DISTINCT a.package_name) AS packages,
                            count(a.yanked_at) AS yanked, sum(a.patched_out) AS patched_out,
                            count(a.original_record) AS patched
                        FROM subdir s JOIN artifact a ON a.subdir_id = s.id
                        WHERE s.channel = :channel
                        GROUP BY s.name ORDER BY s.name
                        """)
                .bind("channel", channel.text())
                .map((row, context) -> new SubdirStatistics(
                        Subdir.parse(row.getString("name")),
                        row.getLong("artifacts"),
                        row.getLong("bytes"),
                        row.getLong("packages"),
                        row.getLong("yanked"),
                        row.getLong("patched"),
                        row.getLong("patched_out")))
                .list();
    }

    static List<LabelStatistics> labels(Handle handle, ChannelName channel) {
        return handle.createQuery("""
                        SELECT s.name, l.label, count(*) AS listed, sum(a.size_bytes) AS bytes
                        FROM subdir s JOIN artifact a ON a.subdir_id = s.id
                            JOIN artifact_label l ON l.position = a.position
                        WHERE s.channel = :channel AND a.yanked_at IS NULL AND NOT a.patched_out AND NOT l.removed
                        GROUP BY s.name, l.label ORDER BY s.name, l.label
                        """)
                .bind("channel", channel.text())
                .map((row, context) -> new LabelStatistics(
                        Subdir.parse(row.getString("name")),
                        Label.parse(row.getString("label")),
                        row.getLong("listed"),
                        row.getLong("bytes")))
                .list();
    }
}
