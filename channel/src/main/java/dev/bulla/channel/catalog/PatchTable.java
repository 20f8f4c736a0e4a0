package dev.bulla.channel.catalog;

import dev.bulla.conda.name.ArchiveName;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table {@code patch_instructions}, and what they make of the rows of {@code artifact}. */
final class PatchTable {
    private PatchTable() {}

    /** Since which journal position the present instructions hold; 0 when there are none. */
    static long position(Handle handle, Place place) {
        return handle.createQuery("""
                        SELECT p.position FROM subdir s JOIN patch_instructions p ON p.subdir_id = s.id
                        WHERE s.channel = :channel AND s.name = :subdir
                        """)
                .bind("channel", place.channel().text())
                .bind("subdir", place.subdir().text())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    static Optional<byte[]> document(Handle handle, Place place) {
        return handle.createQuery("""
                        SELECT p.document FROM subdir s JOIN patch_instructions p ON p.subdir_id = s.id
                        WHERE s.channel = :channel AND s.name = :subdir
                        """)
                .bind("channel", place.channel().text())
                .bind("subdir", place.subdir().text())
                .map((row, context) -> row.getBytes("document"))
                .findOne();
    }

    static void set(Handle handle, long subdirId, byte[] document, long position) {
        handle.createUpdate("""
                        INSERT INTO patch_instructions (subdir_id, position, document)
                        VALUES (:subdirId, :position, :document)
                        ON CONFLICT (subdir_id) DO UPDATE SET position = excluded.position, document = excluded.document
                        """)
                .bind("subdirId", subdirId)
                .bind("position", position)
                .bind("document", document)
                .execute();
    }

    /** Every file name of the subdir; read from an index alone. */
    static List<String> fileNames(Handle handle, Place place) {
        return handle.createQuery("""
                        SELECT a.file_name FROM subdir s JOIN artifact a ON a.subdir_id = s.id
                        WHERE s.channel = :channel AND s.name = :subdir
                        ORDER BY a.archive_type, a.file_name
                        """)
                .bind("channel", place.channel().text())
                .bind("subdir", place.subdir().text())
                .mapTo(String.class)
                .list();
    }

    /** The file names that were promoted after this journal position. */
    static List<String> fileNamesAfter(Handle handle, Place place, long position) {
        return handle.createQuery("""
                        SELECT a.file_name FROM subdir s JOIN artifact a ON a.subdir_id = s.id
                        WHERE s.channel = :channel AND s.name = :subdir AND a.position > :position
                            AND a.changed_position > :position
                        ORDER BY a.archive_type, a.file_name
                        """)
                .bind("channel", place.channel().text())
                .bind("subdir", place.subdir().text())
                .bind("position", position)
                .mapTo(String.class)
                .list();
    }

    /** The file names of which instructions changed the record, or that they took out. */
    static List<String> patched(Handle handle, Place place) {
        return handle.createQuery("""
                        SELECT a.file_name FROM subdir s JOIN artifact a ON a.subdir_id = s.id
                        WHERE s.channel = :channel AND s.name = :subdir
                            AND (a.original_record IS NOT NULL OR a.patched_out)
                        """)
                .bind("channel", place.channel().text())
                .bind("subdir", place.subdir().text())
                .mapTo(String.class)
                .list();
    }

    static Optional<StoredRecord> record(Handle handle, Place place, ArchiveName name) {
        return handle.createQuery("""
                        SELECT a.position, a.record, a.original_record, a.patched_out
                        FROM subdir s JOIN artifact a ON a.subdir_id = s.id
                        WHERE s.channel = :channel AND s.name = :subdir
                            AND a.archive_type = :archiveType AND a.file_name = :fileName
                        """)
                .bind("channel", place.channel().text())
                .bind("subdir", place.subdir().text())
                .bind("archiveType", name.type().extension().substring(1).toLowerCase(Locale.ROOT))
                .bind("fileName", name.fileName())
                .map((row, context) -> new StoredRecord(
                        row.getLong("position"),
                        row.getBytes("record"),
                        row.getBytes("original_record"),
                        row.getBoolean("patched_out")))
                .findOne();
    }

    static void correct(Handle handle, Collection<Correction> corrections, long position) {
        try (var batch = handle.prepareBatch("""
                UPDATE artifact SET record = :record, conda_signatures = :conda, libmamba_signatures = :libmamba,
                    original_record = :original, patched_out = :patchedOut, changed_position = :changed
                WHERE position = :position
                """)) {
            for (var correction : corrections) {
                var signed = correction.shown();
                batch.bind("record", text(signed.record().json()))
                        .bind("conda", signed.condaSignatures())
                        .bind("libmamba", signed.libmambaSignatures())
                        .bind("original", text(correction.original()))
                        .bind("patchedOut", correction.patchedOut())
                        .bind("changed", position)
                        .bind("position", correction.artifactPosition())
                        .add();
            }
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    /** Notes what a record was that is changed from the beginning, or that it is left out. */
    static void keepOriginal(Handle handle, long artifactPosition, byte @Nullable [] original, boolean patchedOut) {
        handle.createUpdate("""
                        UPDATE artifact SET original_record = :original, patched_out = :patchedOut
                        WHERE position = :position
                        """)
                .bind("original", text(original))
                .bind("patchedOut", patchedOut)
                .bind("position", artifactPosition)
                .execute();
    }

    private static @Nullable String text(byte @Nullable [] json) {
        return json == null ? null : new String(json, StandardCharsets.UTF_8);
    }
}
