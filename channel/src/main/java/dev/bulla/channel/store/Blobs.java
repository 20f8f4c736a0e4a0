package dev.bulla.channel.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Bytes under their SHA-256, write-once. All implementations pass {@code BlobsContract}. Safe to share.
 *
 * <p>Bytes arrive in an {@link Incoming}, which computes their digests; {@link #keep} then makes them durable at their
 * address. Whoever deletes must know that nothing names the address any more: see {@link BlobPins}.
 */
public interface Blobs {
    /** A place for bytes that are about to arrive. */
    Incoming receive() throws IOException;

    /** Makes received bytes durable where they wait. */
    void sync(Received received) throws IOException;

    /** Puts synced bytes durably at their address; bytes that are there already stay as they are. */
    void place(Received received) throws IOException;

    /** Makes received bytes durable at their address. */
    default void keep(Received received) throws IOException {
        sync(received);
        place(received);
    }

    /** Puts received bytes durably in place of those at their address if these are missing or damaged; tells whether. */
    boolean restore(Received received) throws IOException;

    /** Keeps many together; what is received after this call may be kept by it. */
    BlobBatch batch() throws IOException;

    /** Whether bytes are kept at this address. */
    boolean contains(Sha256 address) throws IOException;

    /** A local file that holds the bytes kept at this address; it must not be changed. */
    Path file(Sha256 address);

    /** Removes the bytes at this address if there are any. */
    void delete(Sha256 address) throws IOException;

    /** How many more bytes fit on the disk. */
    long usableBytes() throws IOException;
}
