package dev.bulla.channel.ledger;

import dev.bulla.channel.store.Micros;
import dev.bulla.channel.store.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The tables {@code journal} and {@code journal_head}. */
final class JournalTable {
    private static final String INSERT = """
            INSERT INTO journal (position, at, action, channel, subject, sha256, token_id, detail)
            VALUES (:position, :at, :action, :channel, :subject, :sha256, :tokenId, :detail)
            """;

    private JournalTable() {}

    static long takePosition(Handle handle) {
        return handle.createQuery("UPDATE journal_head SET position = position + 1 WHERE id = 0 RETURNING position")
                .mapTo(Long.class)
                .one();
    }

    static long headPosition(Handle handle) {
        return handle.createQuery("SELECT position FROM journal_head WHERE id = 0")
                .mapTo(Long.class)
                .one();
    }

    static Instant at(Handle handle, long position) {
        return handle.createQuery("SELECT at FROM journal WHERE position = :position")
                .bind("position", position)
                .map((row, context) -> Micros.instant(row.getLong("at")))
                .one();
    }

    static boolean has(Handle handle, long position, Instant at) {
        return handle.createQuery("SELECT 1 FROM journal WHERE position = :position AND at = :at")
                .bind("position", position)
                .bind("at", Micros.of(at))
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    static long count(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM journal")
                .mapTo(Long.class)
                .one();
    }

    static OptionalLong firstGap(Handle handle) {
        return handle.createQuery("""
                        SELECT h.expected FROM (
                            SELECT 1 AS expected UNION ALL SELECT position + 1 FROM journal) h
                        WHERE h.expected <= (SELECT position FROM journal_head WHERE id = 0)
                            AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.position = h.expected)
                        ORDER BY h.expected LIMIT 1
                        """)
                .mapTo(Long.class)
                .findFirst()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    static SortedMap<Long, Sha256> promoted(Handle handle, long after, long upTo) {
        var found = new TreeMap<Long, Sha256>();
        handle.createQuery("""
                        SELECT position, sha256 FROM journal
                        WHERE position > :after AND position <= :upTo AND action IN (:promoted, :imported)
                        """)
                .bind("after", after)
                .bind("upTo", upTo)
                .bind("promoted", Action.PROMOTED.text())
                .bind("imported", Action.IMPORTED.text())
                .map((row, context) -> found.put(row.getLong("position"), Sha256.of(row.getBytes("sha256"))))
                .forEach(previous -> {});
        return found;
    }

    /** Takes so many that follow each other; returns the first. */
    static long takePositions(Handle handle, int count) {
        return handle.createQuery("""
                                UPDATE journal_head SET position = position + :count WHERE id = 0 RETURNING position
                                """).bind("count", count).mapTo(Long.class).one() - count + 1;
    }

    static void insertAll(Handle handle, long firstPosition, List<Entry> entries) {
        try (var rows = handle.prepareBatch(INSERT)) {
            var position = firstPosition;
            for (var entry : entries) {
                bind(rows, position++, entry).add();
            }
            rows.execute();
        }
    }

    static void insert(Handle handle, long position, Entry entry) {
        bind(handle.createUpdate(INSERT), position, entry).execute();
    }

    private static <T extends SqlStatement<T>> T bind(T row, long position, Entry entry) {
        return row.bind("position", position)
                .bind("at", Micros.of(entry.at()))
                .bind("action", entry.action().text())
                .bind("channel", entry.channel())
                .bind("subject", entry.subject())
                .bind("sha256", bytes(entry.sha256()))
                .bind("tokenId", entry.tokenId())
                .bind("detail", entry.detail());
    }

    private static byte @Nullable [] bytes(@Nullable Sha256 digest) {
        return digest == null ? null : digest.bytes();
    }
}
