package dev.bulla.channel.catalog;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Many rows of the tables {@code artifact} and {@code artifact_label} at once, all unchecked. */
final class BulkArtifactTable {
    private BulkArtifactTable() {}

    /** Inserts them at positions that follow each other. Their subdirs must be there. */
    static void insert(Handle handle, List<NewArtifact> artifacts, Map<Place, Long> subdirIds, long firstPosition) {
        try (var rows = handle.prepareBatch(ArtifactTable.INSERT)) {
            var position = firstPosition;
            for (var artifact : artifacts) {
                ArtifactTable.bind(rows, subdirId(subdirIds, artifact), artifact, position++)
                        .bind("payload", "unchecked")
                        .add();
            }
            rows.execute();
        }
        label(handle, artifacts, firstPosition);
    }

    private static long subdirId(Map<Place, Long> subdirIds, NewArtifact artifact) {
        return Objects.requireNonNull(subdirIds.get(artifact.place()), "a place without a row");
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
