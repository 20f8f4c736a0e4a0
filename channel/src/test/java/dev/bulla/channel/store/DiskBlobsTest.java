package dev.bulla.channel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskBlobsTest extends BlobsContract {
    @TempDir
    Path folder;

    @Override
    Blobs blobs() {
        try {
            return DiskBlobs.open(DataFolder.create(folder), new LocalDisk(), new SecureRandom());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_an_earlier_process_was_receiving_is_removed_at_the_opening() throws IOException {
        var leftOver = DataFolder.create(folder).incoming().resolve("left-over");
        Files.writeString(leftOver, "half of someth");

        blobs();

        assertFalse(Files.exists(leftOver));
    }

    @Test
    void arriving_bytes_are_for_their_owner_alone() throws IOException {
        try (var incoming = blobs().receive()) {
            var received = incoming.finish();
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(received.file())));
        }
    }
}
