package dev.bulla.channel.metadata;

import dev.bulla.channel.store.Micros;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.trust.contenttrust.Role;
import dev.bulla.trust.contenttrust.SignedRole;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** The table {@code role_file}. */
final class RoleTable {
    private RoleTable() {}

    record Row(View view, TrustFile file) {}

    static void insert(Handle handle, ChannelName channel, View view, SignedRole signed) {
        var metadata = signed.metadata();
        handle.createUpdate("""
                        INSERT INTO role_file (channel, view, role, version, signed_at, expires_at, bytes)
                        VALUES (:channel, :view, :role, :version, :signedAt, :expiresAt, :bytes)
                        """)
                .bind("channel", channel.text())
                .bind("view", view.text())
                .bind("role", metadata.role().text())
                .bind("version", metadata.version())
                .bind("signedAt", Micros.of(metadata.validity().timestamp()))
                .bind("expiresAt", Micros.of(metadata.validity().expiration()))
                .bind("bytes", signed.bytes())
                .execute();
    }

    /** Every root, and of the other roles the newest of each view, in the order of versions. */
    static List<Row> served(Handle handle, ChannelName channel) {
        return handle.createQuery("""
                        SELECT f.view, f.role, f.version, f.signed_at, f.expires_at, f.bytes FROM role_file f
                        WHERE f.channel = :channel AND (f.role = 'root' OR f.version = (
                            SELECT max(g.version) FROM role_file g
                            WHERE g.channel = f.channel AND g.view = f.view AND g.role = f.role))
                        ORDER BY f.version
                        """)
                .bind("channel", channel.text())
                .map((row, context) -> new Row(
                        View.valueOf(row.getString("view").toUpperCase(Locale.ROOT)),
                        new TrustFile(
                                Role.of(row.getString("role")).orElseThrow(),
                                row.getInt("version"),
                                Micros.instant(row.getLong("signed_at")),
                                Micros.instant(row.getLong("expires_at")),
                                ByteBuffer.wrap(row.getBytes("bytes")))))
                .list();
    }
}
