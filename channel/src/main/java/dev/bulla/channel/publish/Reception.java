package dev.bulla.channel.publish;

import dev.bulla.channel.store.Blobs;
import dev.bulla.channel.store.Incoming;
import dev.bulla.channel.store.Received;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;

/**
 * Takes in a body: in constant memory, up to the limit, and only while the disk keeps its reserve.
 *
 * @param blobs where it goes
 * @param limitBytes the largest body that is taken
 * @param reserveBytes what must stay free on the disk
 */
record Reception(Blobs blobs, long limitBytes, long reserveBytes) {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final long BYTES_BETWEEN_LOOKS_AT_DISK = 64L << 20;

    /**
     * The received bytes, whole and as announced.
     *
     * @throws ProblemException with the code of the first rule that is broken
     */
    Received receive(Upload upload, Incoming incoming) throws IOException {
        requireLength(upload.lengthBytes());
        requireSpace(Math.max(upload.lengthBytes(), 0));
        copy(upload, incoming);
        if (upload.lengthBytes() >= 0 && incoming.sizeBytes() != upload.lengthBytes()) {
            throw truncated(upload, incoming);
        }
        var received = incoming.finish();
        requireHash(upload, received);
        return received;
    }

    /** How much there is now. */
    Space space() throws IOException {
        return new Space(blobs.usableBytes(), reserveBytes);
    }

    private void copy(Upload upload, Incoming incoming) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        var lookAt = BYTES_BETWEEN_LOOKS_AT_DISK;
        for (var length = read(upload, incoming, buffer); length >= 0; length = read(upload, incoming, buffer)) {
            requireLength(incoming.sizeBytes() + length);
            if (incoming.sizeBytes() >= lookAt) {
                requireSpace(0);
                lookAt += BYTES_BETWEEN_LOOKS_AT_DISK;
            }
            incoming.write(buffer, 0, length);
        }
    }

    private static int read(Upload upload, Incoming incoming, byte[] buffer) throws IOException {
        try {
            return upload.body().read(buffer);
        } catch (EOFException _) {
            throw truncated(upload, incoming); // how a body says that its connection ended before it did
        }
    }

    private void requireLength(long bytes) {
        if (bytes > limitBytes) {
            throw new ProblemException(
                    Code.UPLOAD_TOO_LARGE, "the file has more than the " + limitBytes + " bytes that are allowed");
        }
    }

    private void requireSpace(long bytes) throws IOException {
        if (blobs.usableBytes() - bytes < reserveBytes) {
            throw new ProblemException(
                    Code.STORAGE_FULL, "there is no space for this file: " + reserveBytes + " bytes must stay free");
        }
    }

    private static void requireHash(Upload upload, Received received) {
        var announced = upload.sha256();
        if (announced != null
                && !announced.toLowerCase(Locale.ROOT).equals(received.sha256().hex())) {
            throw new ProblemException(
                    Code.HASH_MISMATCH,
                    upload.fileName() + ": received SHA-256 " + received.sha256()
                            + ", which is not what was announced");
        }
    }

    private static ProblemException truncated(Upload upload, Incoming incoming) {
        var expected = upload.lengthBytes() < 0 ? "more" : String.valueOf(upload.lengthBytes());
        return new ProblemException(
                Code.UPLOAD_TRUNCATED,
                upload.fileName() + ": " + incoming.sizeBytes() + " bytes arrived, " + expected + " were announced");
    }
}
