package dev.bulla.channel.catalog;

import dev.bulla.conda.name.Label;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code artifact_label}; a label that was taken away stays there, marked as removed. */
final class LabelTable {
    private LabelTable() {}

    static void insert(Handle handle, long artifactPosition, Label label) {
        handle.createUpdate("""
                        INSERT INTO artifact_label (position, label, removed) VALUES (:position, :label, FALSE)
                        ON CONFLICT (position, label) DO UPDATE SET removed = FALSE
                        """)
                .bind("position", artifactPosition)
                .bind("label", label.text())
                .execute();
    }

    static void remove(Handle handle, long artifactPosition, Label label) {
        handle.createUpdate("""
                        UPDATE artifact_label SET removed = TRUE WHERE position = :position AND label = :label
                        """)
                .bind("position", artifactPosition)
                .bind("label", label.text())
                .execute();
    }

    static boolean has(Handle handle, long artifactPosition, Label label) {
        return handle.createQuery("""
                        SELECT 1 FROM artifact_label
                        WHERE position = :position AND label = :label AND NOT removed
                        """)
                .bind("position", artifactPosition)
                .bind("label", label.text())
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    static List<Label> list(Handle handle, long artifactPosition) {
        return handle.createQuery("""
                        SELECT label FROM artifact_label WHERE position = :position AND NOT removed ORDER BY label
                        """)
                .bind("position", artifactPosition)
                .map((row, context) -> Label.parse(row.getString("label")))
                .list();
    }
}
