package dev.bulla.channel.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Blobs} must do. */
abstract class BlobsContract {
    private static final byte[] HELLO = "hello, bytes".getBytes(StandardCharsets.UTF_8);

    /** The store under test, opened; the same bytes are in it whenever it is asked for. */
    abstract Blobs blobs();

    @Test
    void kept_bytes_are_found_under_their_sha256() throws IOException {
        var received = keep(HELLO);

        assertEquals(Packages.sha256(HELLO), received.sha256().hex());
        assertEquals(Packages.md5(HELLO), received.md5());
        assertEquals(HELLO.length, received.sizeBytes());
        assertTrue(blobs().contains(received.sha256()));
        assertArrayEquals(HELLO, Files.readAllBytes(blobs().file(received.sha256())));
    }

    @Test
    void received_bytes_that_are_not_kept_are_gone() throws IOException {
        Received received;
        try (var incoming = blobs().receive()) {
            incoming.write(HELLO, 0, HELLO.length);
            received = incoming.finish();
        }
        assertFalse(blobs().contains(received.sha256()));
        assertFalse(Files.exists(received.file()));
    }

    @Test
    void bytes_are_kept_once_however_often_they_come() throws IOException {
        var first = keep(HELLO);
        var key = Files.getLastModifiedTime(blobs().file(first.sha256()));

        keep(HELLO);

        assertEquals(key, Files.getLastModifiedTime(blobs().file(first.sha256())));
    }

    @Test
    void many_bytes_are_kept_together() throws IOException {
        var there = keep(HELLO);
        var blobs = blobs();
        try (var batch = blobs.batch();
                var one = blobs.receive();
                var other = blobs.receive();
                var known = blobs.receive()) {
            one.write(HELLO, 0, 1);
            other.write(HELLO, 0, 2);
            known.write(HELLO, 0, HELLO.length);
            var received = List.of(one.finish(), other.finish(), known.finish());

            batch.keep(received);

            for (var kept : received) {
                assertTrue(blobs.contains(kept.sha256()));
                assertEquals(kept.sizeBytes(), Files.size(blobs.file(kept.sha256())));
            }
            assertEquals(there.sha256(), received.getLast().sha256());
        }
    }

    @Test
    void no_bytes_are_bytes_too() throws IOException {
        assertTrue(blobs().contains(keep(new byte[0]).sha256()));
    }

    @Test
    void deleted_bytes_are_gone_and_may_come_again() throws IOException {
        var received = keep(HELLO);

        blobs().delete(received.sha256());
        blobs().delete(received.sha256());

        assertFalse(blobs().contains(received.sha256()));
        keep(HELLO);
        assertTrue(blobs().contains(received.sha256()));
    }

    @Test
    void whole_bytes_stay_and_lost_or_damaged_ones_are_restored() throws IOException {
        assertFalse(restore(keep(HELLO).sha256(), file -> {}));
        assertTrue(restore(Sha256.digest(HELLO), Files::delete));
        assertTrue(restore(Sha256.digest(HELLO), file -> Files.write(file, new byte[1])));
        assertTrue(restore(Sha256.digest(HELLO), file -> Files.write(file, new byte[HELLO.length])));
    }

    /** Damage done to a file. */
    private interface Damage {
        void to(Path file) throws IOException;
    }

    private boolean restore(Sha256 address, Damage damage) throws IOException {
        var blobs = blobs();
        damage.to(blobs.file(address));
        try (var incoming = blobs.receive()) {
            incoming.write(HELLO, 0, HELLO.length);
            var restored = blobs.restore(incoming.finish());
            assertArrayEquals(HELLO, Files.readAllBytes(blobs.file(address)));
            return restored;
        }
    }

    @Test
    void many_threads_keep_the_same_bytes_at_the_same_moment() throws Exception {
        var start = new CountDownLatch(1);
        var blobs = blobs();
        try (var threads = Executors.newFixedThreadPool(16)) {
            var all = IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return keep(blobs, HELLO).sha256();
                    }))
                    .toList();
            start.countDown();
            for (Future<Sha256> one : all) {
                assertArrayEquals(HELLO, Files.readAllBytes(blobs.file(one.get())));
            }
        }
    }

    private Received keep(byte[] bytes) throws IOException {
        return keep(blobs(), bytes);
    }

    private static Received keep(Blobs blobs, byte[] bytes) throws IOException {
        try (var incoming = blobs.receive()) {
            incoming.write(bytes, 0, bytes.length);
            var received = incoming.finish();
            blobs.keep(received);
            return received;
        }
    }
}
