package dev.bulla.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {
    private static final String FILE = Packages.tiny("zlib").condaName();
    private static final byte[] ARCHIVE = Packages.tiny("zlib").conda();

    @TempDir
    private Path folder;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.in(folder);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void a_running_upload_ends_well_while_new_ones_are_refused_and_reading_goes_on()
            throws IOException, InterruptedException, ExecutionException {
        try (var upload = halfAnUpload();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> drained = executor.submit(() -> server.server().drainAndStop(Duration.ofSeconds(20)));
            awaitNotReady();
            var refused = server.upload("other-1-0.conda", ARCHIVE);
            assertEquals(503, refused.statusCode());
            assertTrue(RunningServer.text(refused).contains("\"code\":\"shutting_down\""));
            assertEquals("5", refused.headers().firstValue("Retry-After").orElseThrow());
            assertEquals(200, server.get("/main/noarch/repodata.json").statusCode());
            assertFalse(drained.isDone());
            upload.send(Arrays.copyOfRange(ARCHIVE, ARCHIVE.length / 2, ARCHIVE.length));
            assertTrue(upload.line().startsWith("HTTP/1.1 201 "));
            assertTrue(drained.get());
        }
        assertThrows(ConnectException.class, () -> server.get("/healthz"));
        assertTrue(server.channels().health().takesUploads());
    }

    @Test
    void an_upload_that_does_not_end_is_cut_off() throws IOException, InterruptedException {
        try (var upload = halfAnUpload()) {
            assertFalse(server.server().drainAndStop(Duration.ofMillis(50)));
            assertThrows(ConnectException.class, () -> server.get("/healthz"));
            upload.rest();
        }
    }

    @Test
    void an_idle_server_stops_at_once() throws InterruptedException {
        long start = System.nanoTime();
        assertTrue(server.server().drainAndStop(Duration.ofSeconds(20)));
        assertTrue(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) < 10);
    }

    /** An upload that the server has begun to read: it answers 100 Continue when it does. */
    private RawConnection halfAnUpload() throws IOException {
        var connection = server.connect();
        connection.send(("POST /api/v1/upload/main HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + server.token()
                        + "\r\nX-File-Name: " + FILE + "\r\nContent-Length: " + ARCHIVE.length
                        + "\r\nExpect: 100-continue\r\n\r\n")
                .getBytes(ISO_8859_1));
        assertEquals("HTTP/1.1 100 Continue", connection.line());
        assertEquals("", connection.line());
        return connection.send(Arrays.copyOf(ARCHIVE, ARCHIVE.length / 2));
    }

    private void awaitNotReady() throws IOException, InterruptedException {
        for (int tries = 0; server.get("/readyz").statusCode() == 200; tries++) {
            assertTrue(tries < 1000, "the server does not begin to stop");
        }
    }
}
