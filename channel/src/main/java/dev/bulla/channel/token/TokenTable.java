package dev.bulla.channel.token;

import dev.bulla.channel.store.Micros;
import dev.bulla.conda.name.ChannelName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table {@code token}. */
final class TokenTable {
    private TokenTable() {}

    static void insert(Handle handle, ApiToken token, byte[] hash) {
        var reads = token.reads();
        handle.createUpdate("""
                        INSERT INTO token (id, hash, name, admin, reads, created_at)
                        VALUES (:id, :hash, :name, :admin, :reads, :createdAt)
                        """)
                .bind("id", token.id())
                .bind("hash", hash)
                .bind("name", token.name())
                .bind("admin", token.admin())
                .bind("reads", reads == null ? null : reads.text())
                .bind("createdAt", Micros.of(token.createdAt()))
                .execute();
    }

    /** Looks for a hash that the caller cannot choose, so that the time it takes tells nothing about stored ones. */
    static Optional<ApiToken> find(Handle handle, byte[] hash) {
        return handle.createQuery("""
                        SELECT id, name, admin, reads, created_at FROM token
                        WHERE hash = :hash AND revoked_at IS NULL
                        """)
                .bind("hash", hash)
                .map((row, context) -> new ApiToken(
                        row.getString("id"),
                        row.getString("name"),
                        row.getBoolean("admin"),
                        channel(row.getString("reads")),
                        Micros.instant(row.getLong("created_at"))))
                .findOne();
    }

    private static @Nullable ChannelName channel(@Nullable String name) {
        return name == null ? null : ChannelName.parse(name);
    }

    /** Ends the token; false when there is none of this id that is good. The admin's is not ended here. */
    static boolean revoke(Handle handle, String id, Instant now) {
        return handle.createUpdate("""
                                UPDATE token SET revoked_at = :now
                                WHERE id = :id AND admin = FALSE AND revoked_at IS NULL
                                """)
                        .bind("id", id)
                        .bind("now", Micros.of(now))
                        .execute()
                == 1;
    }

    static boolean hasAdmin(Handle handle) {
        return handle.createQuery("SELECT 1 FROM token WHERE admin = TRUE AND revoked_at IS NULL LIMIT 1")
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    static List<String> revokeAdmins(Handle handle, Instant now) {
        return handle.createQuery("""
                        UPDATE token SET revoked_at = :now WHERE admin = TRUE AND revoked_at IS NULL RETURNING id
                        """)
                .bind("now", Micros.of(now))
                .mapTo(String.class)
                .list();
    }
}
