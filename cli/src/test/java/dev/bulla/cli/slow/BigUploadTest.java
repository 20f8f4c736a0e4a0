package dev.bulla.cli.slow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.cli.commands.BullaProcess;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packages of 2 GB, good and bad, sent to a server with a heap of 256 MB. */
@Tag("slow")
@Timeout(value = 6, unit = TimeUnit.MINUTES)
final class BigUploadTest {
    private static final long GIB = 1L << 30;

    private static BigConda big;

    @TempDir
    private Path temp;

    private BullaProcess server;
    private byte[] index;

    @BeforeAll
    static void make() throws IOException {
        big = new BigConda("big", 2 * GIB);
    }

    @BeforeEach
    void start() throws Exception {
        server = BullaProcess.serveForWork(temp.resolve("data"), "--upload-limit", "3GiB");
        index = server.get("/main/noarch/repodata.json").body();
    }

    @AfterEach
    void stop() throws Exception {
        assertFalse(server.log().contains("OutOfMemoryError"), server.log());
        assertEquals(200, server.get("/healthz").statusCode(), "it has lived through all of it");
        server.close();
    }

    @Test
    void two_gigabytes_are_published_and_proven_with_a_heap_of_256_megabytes() throws Exception {
        RawUpload.Answer answer;
        try (var upload = RawUpload.begin(server, big.fileName(), big.sizeBytes(), "X-File-SHA256: " + big.sha256())) {
            send(upload, big, Long.MAX_VALUE);
            answer = upload.answer();
        }
        assertEquals(201, answer.status(), answer::body);
        assertTrue(answer.body().contains("\"size\":" + big.sizeBytes()), answer::body);
        assertEquals(Set.of(big.sha256()), Served.blobs(server.folder()));
        assertEquals(Set.of(), Served.names(server.folder().resolve("incoming")));
        var verified = BullaProcess.run(
                temp, "verify", server.url() + "/main", "--artifacts", "--root-sha256", server.rootSha256());
        assertEquals(0, verified.status(), verified.out() + verified.err());
        assertTrue(verified.out().contains("artifact sha256 " + big.sha256()), verified::out);
        assertTrue(verified.out().contains(": 1 package verified, 0 failed"), verified::out);
    }

    @Test
    void an_upload_that_breaks_off_after_a_gigabyte_is_truncated_and_leaves_nothing() throws Exception {
        try (var upload = RawUpload.begin(server, big.fileName(), big.sizeBytes())) {
            send(upload, big, GIB);
            upload.breakOff();
            assertRefused(422, "upload_truncated", upload.answer());
        }
        assertNothingLeft();
    }

    @Test
    void a_client_that_is_gone_after_a_gigabyte_leaves_nothing() throws Exception {
        try (var upload = RawUpload.begin(server, big.fileName(), RawUpload.CHUNKED)) {
            send(upload, big, GIB);
        }
        Served.await(
                "the bytes are gone",
                () -> Served.names(server.folder().resolve("incoming")).isEmpty());
        assertNothingLeft();
    }

    @Test
    void other_bytes_than_were_announced_are_refused_and_leave_nothing() throws Exception {
        String other = "0".repeat(64);
        try (var upload = RawUpload.begin(server, big.fileName(), big.sizeBytes(), "X-File-SHA256: " + other)) {
            send(upload, big, Long.MAX_VALUE);
            assertRefused(422, "hash_mismatch", upload.answer());
        }
        assertNothingLeft();
    }

    @Test
    void a_package_under_the_name_of_another_is_refused_and_leaves_nothing() throws Exception {
        try (var upload = RawUpload.begin(server, "small-1.0-0.conda", big.sizeBytes())) {
            send(upload, big, Long.MAX_VALUE);
            assertRefused(422, "metadata_mismatch", upload.answer());
        }
        assertNothingLeft();
    }

    @Test
    void a_name_that_no_package_may_have_is_refused_before_all_of_it_was_sent() throws Exception {
        try (var upload = RawUpload.begin(server, "Big File.conda", big.sizeBytes())) {
            assertFalse(send(upload, big, Long.MAX_VALUE), "two gigabytes were sent in vain");
            assertRefused(422, "name_invalid", upload.answer());
        }
        assertNothingLeft();
    }

    @Test
    void a_file_over_the_limit_is_refused_before_all_of_it_was_sent_and_leaves_nothing() throws Exception {
        server.close();
        server = BullaProcess.serveForWork(temp.resolve("data"), "--upload-limit", "1GiB");
        for (long length : new long[] {big.sizeBytes(), RawUpload.CHUNKED}) {
            try (var upload = RawUpload.begin(server, big.fileName(), length)) {
                assertFalse(send(upload, big, Long.MAX_VALUE), "two gigabytes were sent in vain");
                assertRefused(413, "upload_too_large", upload.answer());
            }
            assertNothingLeft();
        }
    }

    private static void assertRefused(int status, String code, RawUpload.Answer answer) {
        assertTrue(answer.refuses(status, code), answer::toString);
    }

    private void assertNothingLeft() throws Exception {
        assertEquals(Set.of(), Served.names(server.folder().resolve("incoming")), "incoming/");
        assertEquals(Set.of(), Served.blobs(server.folder()), "blobs/");
        assertArrayEquals(index, server.get("/main/noarch/repodata.json").body(), "the index");
    }

    /** Sends the first bytes of a package; false when the server answered before it had them. */
    private static boolean send(RawUpload upload, BigConda conda, long mostBytes) throws IOException {
        var body = new Beginning(upload, mostBytes);
        try (var buffered = new BufferedOutputStream(body, BigConda.BLOCK_BYTES)) {
            conda.writeTo(buffered);
            return true;
        } catch (Beginning.Enough _) {
            return !upload.isOver();
        }
    }

    /** Passes the first bytes on and then throws {@link Enough}, as it does once the server has answered. */
    private static final class Beginning extends FilterOutputStream {
        private final RawUpload upload;
        private long leftBytes;

        /** No more is wanted. */
        static final class Enough extends IOException {
            private static final long serialVersionUID = 1;
        }

        Beginning(RawUpload upload, long mostBytes) {
            super(OutputStream.nullOutputStream());
            this.upload = upload;
            this.leftBytes = mostBytes;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (upload.isOver() || leftBytes < length) {
                throw new Enough();
            }
            leftBytes -= length;
            upload.send(bytes, offset, offset + length);
        }
    }
}
