package dev.bulla.channel.catalog;

import dev.bulla.channel.store.Micros;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Many rows of the tables {@code artifact} and {@code artifact_label} at once, all unchecked. */
final class BulkArtifactTable {
    private BulkArtifactTable() {}

    /** Inserts them at positions that follow each other. Their subdirs must be there. */
    static void insert(Handle handle, List<NewArtifact> artifacts, Map<Place, Long> subdirIds, long firstPosition) {
        try (var rows = handle.prepareBatch("""
                INSERT INTO artifact (position, changed_position, subdir_id, archive_type, file_name, package_name,
                    sha256, md5, size_bytes, published_at, submission_id, record, conda_signatures, libmamba_signatures,
                    run_exports, about, payload)
                VALUES (:position, :position, :subdirId, :archiveType, :fileName, :packageName, :sha256, :md5,
                    :sizeBytes, :publishedAt, :submissionId, :record, :conda, :libmamba, :runExports, :about, 'unchecked')
                """)) {
            var position = firstPosition;
            for (var artifact : artifacts) {
                var record = artifact.signed().record();
                var type = record.archiveName().type().extension().substring(1);
                rows.bind("position", position++)
                        .bind("subdirId", subdirIds.get(artifact.place()))
                        .bind("archiveType", type.toLowerCase(Locale.ROOT))
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
                        .bind("about", artifact.sayings().about())
                        .add();
            }
            rows.execute();
        }
        label(handle, artifacts, firstPosition);
    }

    private static void label(Handle handle, List<NewArtifact> artifacts, long firstPosition) {
        try (var rows =
                handle.prepareBatch("INSERT INTO artifact_label (position, label) VALUES (:position, :label)")) {
            var position = firstPosition;
            for (var artifact : artifacts) {
                rows.bind("position", position++)
                        .bind("label", artifact.label().text())
                        .add();
            }
            rows.execute();
        }
    }
}
