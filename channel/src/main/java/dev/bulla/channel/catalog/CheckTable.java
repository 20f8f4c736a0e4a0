package dev.bulla.channel.catalog;

import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Subdir;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code artifact} and those beside it, as whoever checks a data folder reads them: all of it, in pieces. */
final class CheckTable {
    private CheckTable() {}

    static List<ArtifactRow> recordsAfter(Handle handle, long position, int limit) {
        return handle.createQuery("""
                        SELECT a.position, s.channel, s.name AS subdir, a.file_name, a.package_name, a.sha256, a.md5,
                            a.size_bytes, a.record, a.original_record, a.conda_signatures, a.libmamba_signatures
                        FROM artifact a JOIN subdir s ON s.id = a.subdir_id
                        WHERE a.position > :position ORDER BY a.position LIMIT :limit
                        """)
                .bind("position", position)
                .bind("limit", limit)
                .map((row, context) -> record(row))
                .list();
    }

    private static ArtifactRow record(ResultSet row) throws SQLException {
        return new ArtifactRow(
                new Place(ChannelName.parse(row.getString("channel")), Subdir.parse(row.getString("subdir"))),
                row.getLong("position"),
                row.getString("file_name"),
                row.getString("package_name"),
                Sha256.of(row.getBytes("sha256")),
                row.getString("md5"),
                row.getLong("size_bytes"),
                row.getBytes("record"),
                row.getBytes("original_record"),
                row.getBytes("conda_signatures"),
                row.getBytes("libmamba_signatures"));
    }

    static List<NamedBytes> namedBytes(Handle handle, Sha256 from, Sha256 upTo) {
        return handle.createQuery("""
                        SELECT a.sha256, a.size_bytes, s.channel || '/' || s.name || '/' || a.file_name AS example
                        FROM artifact a JOIN subdir s ON s.id = a.subdir_id
                        WHERE a.sha256 >= :from AND a.sha256 <= :upTo ORDER BY a.sha256, a.position
                        """)
                .bind("from", from.bytes())
                .bind("upTo", upTo.bytes())
                .map((row, context) -> new NamedBytes(
                        Sha256.of(row.getBytes("sha256")), row.getLong("size_bytes"), row.getString("example")))
                .list();
    }

    static long artifacts(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM artifact")
                .mapTo(Long.class)
                .one();
    }

    static long bytes(Handle handle) {
        return handle.createQuery("SELECT coalesce(sum(size_bytes), 0) FROM artifact")
                .mapTo(Long.class)
                .one();
    }

    static List<String> behindTheirArtifacts(Handle handle) {
        return handle.createQuery("""
                        SELECT s.channel || '/' || s.name || ' under the label ' || l.label AS unit
                        FROM artifact a JOIN artifact_label l ON l.position = a.position
                            JOIN subdir s ON s.id = a.subdir_id
                            LEFT JOIN index_unit u ON u.subdir_id = a.subdir_id AND u.label = l.label
                        GROUP BY s.channel, s.name, l.label, u.changed_position
                        HAVING u.changed_position IS NULL OR u.changed_position < max(a.changed_position)
                        """).mapTo(String.class).list();
    }
}
