package dev.bulla.channel.catalog;

import dev.bulla.channel.store.Micros;
import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Subdir;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code artifact}. */
final class ArtifactTable {
    private static final String NAMED = """
            SELECT s.name AS subdir, a.position, a.sha256, a.md5, a.size_bytes, a.published_at
            FROM subdir s JOIN artifact a ON a.subdir_id = s.id
            WHERE s.channel = :channel AND a.archive_type = :archiveType AND a.file_name = :fileName
            """;

    private ArtifactTable() {}

    static void insert(Handle handle, long subdirId, NewArtifact artifact, long position) {
        var record = artifact.signed().record();
        handle.createUpdate("""
                        INSERT INTO artifact (position, subdir_id, archive_type, file_name, package_name, sha256, md5,
                            size_bytes, published_at, submission_id, record, conda_signatures, libmamba_signatures)
                        VALUES (:position, :subdirId, :archiveType, :fileName, :packageName, :sha256, :md5,
                            :sizeBytes, :publishedAt, :submissionId, :record, :conda, :libmamba)
                        """)
                .bind("position", position)
                .bind("subdirId", subdirId)
                .bind("archiveType", text(record.archiveName().type()))
                .bind("fileName", record.fileName())
                .bind("packageName", record.name().text())
                .bind("sha256", artifact.sha256().bytes())
                .bind("md5", artifact.md5())
                .bind("sizeBytes", record.sizeBytes())
                .bind("publishedAt", Micros.of(artifact.publishedAt()))
                .bind("submissionId", artifact.submissionId())
                .bind("record", new String(record.json(), StandardCharsets.UTF_8))
                .bind("conda", artifact.signed().condaSignatures())
                .bind("libmamba", artifact.signed().libmambaSignatures())
                .execute();
    }

    static Optional<Artifact> find(Handle handle, Place place, ArchiveName name) {
        return handle.createQuery(NAMED + " AND s.name = :subdir")
                .bind("channel", place.channel().text())
                .bind("subdir", place.subdir().text())
                .bind("archiveType", text(name.type()))
                .bind("fileName", name.fileName())
                .map((row, context) -> artifact(place.channel(), row))
                .findOne();
    }

    static List<Artifact> named(Handle handle, ChannelName channel, ArchiveName name) {
        return handle.createQuery(NAMED)
                .bind("channel", channel.text())
                .bind("archiveType", text(name.type()))
                .bind("fileName", name.fileName())
                .map((row, context) -> artifact(channel, row))
                .list();
    }

    private static Artifact artifact(ChannelName channel, ResultSet row) throws SQLException {
        return new Artifact(
                new Place(channel, Subdir.parse(row.getString("subdir"))),
                row.getLong("position"),
                Sha256.of(row.getBytes("sha256")),
                row.getString("md5"),
                row.getLong("size_bytes"),
                Micros.instant(row.getLong("published_at")));
    }

    static boolean isNamed(Handle handle, Sha256 sha256) {
        return handle.createQuery("SELECT 1 FROM artifact WHERE sha256 = :sha256 LIMIT 1")
                .bind("sha256", sha256.bytes())
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    /** Streams the rows of one archive type in the order of file names. */
    static void forEachRecord(Handle handle, Place place, ArchiveType type, RecordVisitor visitor) {
        var query = handle.createQuery("""
                SELECT a.file_name, a.record, a.conda_signatures, a.libmamba_signatures
                FROM subdir s JOIN artifact a ON a.subdir_id = s.id
                WHERE s.channel = :channel AND s.name = :subdir AND a.archive_type = :archiveType
                ORDER BY a.file_name
                """);
        query.bind("channel", place.channel().text())
                .bind("subdir", place.subdir().text())
                .bind("archiveType", text(type))
                .scanResultSet((rows, context) -> {
                    for (var row = rows.get(); row.next(); ) {
                        visitor.visit(
                                row.getString("file_name"),
                                row.getBytes("record"),
                                row.getBytes("conda_signatures"),
                                row.getBytes("libmamba_signatures"));
                    }
                    return true;
                });
    }

    private static String text(ArchiveType type) {
        return type.extension().substring(1).toLowerCase(Locale.ROOT);
    }
}
