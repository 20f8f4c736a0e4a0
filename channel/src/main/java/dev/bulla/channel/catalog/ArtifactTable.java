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
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The table {@code artifact}. */
final class ArtifactTable {
    private static final String NAMED = """
            SELECT s.name AS subdir, a.file_name, a.position, a.changed_position, a.yanked_at IS NOT NULL AS yanked,
                a.sha256, a.md5, a.size_bytes, a.published_at
            FROM subdir s JOIN artifact a ON a.subdir_id = s.id
            WHERE s.channel = :channel AND a.archive_type = :archiveType
            """;

    private static final String LISTED = """
            SELECT a.package_name, a.file_name, a.record, a.original_record, a.conda_signatures, a.libmamba_signatures,
                a.run_exports, a.yanked_at IS NOT NULL OR l.removed AS withdrawn, a.patched_out
            """;

    static final String INSERT = """
            INSERT INTO artifact (position, changed_position, subdir_id, archive_type, file_name, package_name,
                sha256, md5, size_bytes, published_at, submission_id, record, conda_signatures, libmamba_signatures,
                run_exports, about, payload)
            VALUES (:position, :position, :subdirId, :archiveType, :fileName, :packageName, :sha256, :md5,
                :sizeBytes, :publishedAt, :submissionId, :record, :conda, :libmamba, :runExports, :about, :payload)
            """;

    private ArtifactTable() {}

    static void insert(Handle handle, long subdirId, NewArtifact artifact, long position) {
        try (var row = handle.createUpdate(INSERT)) {
            bind(row, subdirId, artifact, position).bind("payload", "checked").execute();
        }
    }

    /** Binds {@link #INSERT} but for the state of the payload. */
    static <S extends SqlStatement<S>> S bind(S row, long subdirId, NewArtifact artifact, long position) {
        var record = artifact.signed().record();
        return row.bind("position", position)
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
                .bind("runExports", artifact.sayings().runExports())
                .bind("about", artifact.sayings().about());
    }

    static Optional<Artifact> find(Handle handle, Place place, ArchiveName name) {
        return handle.createQuery(NAMED + " AND a.file_name = :fileName AND s.name = :subdir")
                .bind("channel", place.channel().text())
                .bind("subdir", place.subdir().text())
                .bind("archiveType", text(name.type()))
                .bind("fileName", name.fileName())
                .map((row, context) -> artifact(place.channel(), row))
                .findOne();
    }

    static List<Artifact> named(Handle handle, ChannelName channel, ArchiveName name) {
        return handle.createQuery(NAMED + " AND a.file_name = :fileName")
                .bind("channel", channel.text())
                .bind("archiveType", text(name.type()))
                .bind("fileName", name.fileName())
                .map((row, context) -> artifact(channel, row))
                .list();
    }

    static Map<ArchiveName, Artifact> findAll(
            Handle handle, Place place, ArchiveType type, Collection<ArchiveName> names) {
        return handle
                .createQuery(NAMED + " AND s.name = :subdir AND a.file_name IN (<fileNames>)")
                .bind("channel", place.channel().text())
                .bind("subdir", place.subdir().text())
                .bind("archiveType", text(type))
                .bindList("fileNames", names.stream().map(ArchiveName::fileName).toList())
                .map((row, context) ->
                        Map.entry(ArchiveName.parse(row.getString("file_name")), artifact(place.channel(), row)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Artifact artifact(ChannelName channel, ResultSet row) throws SQLException {
        return new Artifact(
                new Place(channel, Subdir.parse(row.getString("subdir"))),
                row.getLong("position"),
                row.getLong("changed_position"),
                row.getBoolean("yanked"),
                Sha256.of(row.getBytes("sha256")),
                row.getString("md5"),
                row.getLong("size_bytes"),
                Micros.instant(row.getLong("published_at")));
    }

    static boolean isAny(Handle handle) {
        return handle.createQuery("SELECT 1 FROM artifact LIMIT 1")
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    static boolean isNamed(Handle handle, Sha256 sha256) {
        return handle.createQuery("SELECT 1 FROM artifact WHERE sha256 = :sha256 LIMIT 1")
                .bind("sha256", sha256.bytes())
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    /** Without DISTINCT and ORDER BY: for their sake SQLite would go through all rows of the subdir by name. */
    static SortedSet<String> namesChangedAfter(Handle handle, IndexUnit unit, long position) {
        return handle.createQuery("""
                        SELECT a.package_name
                        FROM subdir s JOIN artifact a ON a.subdir_id = s.id
                            JOIN artifact_label l ON l.position = a.position
                        WHERE s.channel = :channel AND s.name = :subdir AND a.changed_position > :position
                            AND l.label = :label
                        """)
                .bind("channel", unit.place().channel().text())
                .bind("subdir", unit.place().subdir().text())
                .bind("label", unit.label().text())
                .bind("position", position)
                .mapTo(String.class)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static void forEachOfPackage(Handle handle, IndexUnit unit, String packageName, Consumer<ListedArtifact> visitor) {
        var query = handle.createQuery(LISTED + """
                        FROM subdir s JOIN artifact a ON a.subdir_id = s.id
                            JOIN artifact_label l ON l.position = a.position
                        WHERE s.channel = :channel AND s.name = :subdir AND a.package_name = :packageName
                            AND l.label = :label
                        ORDER BY a.file_name
                        """);
        forEach(query.bind("packageName", packageName), unit, visitor);
    }

    /** Streams in the order of an index; what {@code main} shows is most of a subdir, what another label shows seldom is. */
    static void forEach(Handle handle, IndexUnit unit, Consumer<ListedArtifact> visitor) {
        var tables = unit.isMain()
                ? "FROM subdir s CROSS JOIN artifact a CROSS JOIN artifact_label l"
                : "FROM artifact_label l CROSS JOIN artifact a CROSS JOIN subdir s";
        var query = handle.createQuery(LISTED + tables + """
                 WHERE s.channel = :channel AND s.name = :subdir AND a.subdir_id = s.id
                    AND l.position = a.position AND l.label = :label
                ORDER BY a.package_name, a.file_name
                """);
        forEach(query, unit, visitor);
    }

    private static void forEach(Query query, IndexUnit unit, Consumer<ListedArtifact> visitor) {
        try (query) {
            query.bind("channel", unit.place().channel().text())
                    .bind("subdir", unit.place().subdir().text())
                    .bind("label", unit.label().text())
                    .scanResultSet((rows, context) -> {
                        for (var row = rows.get(); row.next(); ) {
                            visitor.accept(listed(row));
                        }
                        return true;
                    });
        }
    }

    private static ListedArtifact listed(ResultSet row) throws SQLException {
        return new ListedArtifact(
                row.getString("package_name"),
                row.getString("file_name"),
                row.getBytes("record"),
                row.getBytes("original_record"),
                row.getBytes("conda_signatures"),
                row.getBytes("libmamba_signatures"),
                row.getBytes("run_exports"),
                row.getBoolean("withdrawn"),
                row.getBoolean("patched_out"));
    }

    static void change(Handle handle, long artifactPosition, long position) {
        handle.createUpdate("UPDATE artifact SET changed_position = :position WHERE position = :artifact")
                .bind("position", position)
                .bind("artifact", artifactPosition)
                .execute();
    }

    /** Takes the artifact out of the indexes, or puts it back when there is no yank. */
    static void setYank(Handle handle, long artifactPosition, @Nullable Yank yank) {
        handle.createUpdate("""
                        UPDATE artifact SET yanked_at = :at, yank_reason = :reason WHERE position = :artifact
                        """)
                .bind("at", yank == null ? null : Micros.of(yank.at()))
                .bind("reason", yank == null ? null : yank.reason())
                .bind("artifact", artifactPosition)
                .execute();
    }

    private static String text(ArchiveType type) {
        return type.extension().substring(1).toLowerCase(Locale.ROOT);
    }
}
