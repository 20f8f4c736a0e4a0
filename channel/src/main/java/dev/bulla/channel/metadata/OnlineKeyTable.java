package dev.bulla.channel.metadata;

import dev.bulla.conda.name.ChannelName;
import dev.bulla.trust.keys.PublicKey;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The table {@code online_key}. */
final class OnlineKeyTable {
    private OnlineKeyTable() {}

    static void insert(Handle handle, ChannelName channel, KeyPurpose purpose, PublicKey key) {
        handle.createUpdate("""
                        INSERT INTO online_key (channel, purpose, public_key) VALUES (:channel, :purpose, :publicKey)
                        """)
                .bind("channel", channel.text())
                .bind("purpose", purpose.text())
                .bind("publicKey", key.hex())
                .execute();
    }

    static Map<KeyPurpose, PublicKey> list(Handle handle, ChannelName channel) {
        var keys = new EnumMap<KeyPurpose, PublicKey>(KeyPurpose.class);
        handle.createQuery("SELECT purpose, public_key FROM online_key WHERE channel = :channel")
                .bind("channel", channel.text())
                .map((row, context) -> keys.put(
                        KeyPurpose.valueOf(row.getString("purpose").toUpperCase(Locale.ROOT)),
                        PublicKey.parse(row.getString("public_key"))))
                .forEach(previous -> {});
        return keys;
    }
}
