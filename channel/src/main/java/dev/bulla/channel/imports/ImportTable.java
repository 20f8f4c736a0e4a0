package dev.bulla.channel.imports;

import dev.bulla.channel.store.Micros;
import dev.bulla.channel.store.Sha256;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code import_batch}. */
final class ImportTable {
    private static final int ADDRESS_BYTES = 32;

    private ImportTable() {}

    /** A batch that has not ended. */
    record Open(String id, List<Sha256> addresses) {}

    static void begin(Handle handle, String id, Aim aim, List<Sha256> addresses, Instant now) {
        var bytes = ByteBuffer.allocate(addresses.size() * ADDRESS_BYTES);
        addresses.forEach(address -> bytes.put(address.bytes()));
        handle.createUpdate("""
                        INSERT INTO import_batch (id, channel, label, token_id, files, begun_at, addresses)
                        VALUES (:id, :channel, :label, :tokenId, :files, :begunAt, :addresses)
                        """)
                .bind("id", id)
                .bind("channel", aim.channel().text())
                .bind("label", aim.label().text())
                .bind("tokenId", aim.tokenId())
                .bind("files", addresses.size())
                .bind("begunAt", Micros.of(now))
                .bind("addresses", bytes.array())
                .execute();
    }

    static void end(Handle handle, String id, Instant now) {
        handle.createUpdate("UPDATE import_batch SET ended_at = :now, addresses = NULL WHERE id = :id")
                .bind("id", id)
                .bind("now", Micros.of(now))
                .execute();
    }

    static List<Open> open(Handle handle) {
        return handle.createQuery("SELECT id, addresses FROM import_batch WHERE ended_at IS NULL")
                .map((row, context) -> new Open(row.getString("id"), addresses(row.getBytes("addresses"))))
                .list();
    }

    private static List<Sha256> addresses(byte[] bytes) {
        var addresses = new ArrayList<Sha256>();
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            var address = new byte[ADDRESS_BYTES];
            buffer.get(address);
            addresses.add(Sha256.of(address));
        }
        return addresses;
    }
}
