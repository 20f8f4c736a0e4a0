package dev.bulla.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.server.api.UploadLimits;
import dev.bulla.server.http.Listen;
import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowClientTest {
    private static final String FILE = Packages.tiny("zlib").condaName();
    private static final byte[] ARCHIVE = Packages.tiny("zlib").conda();
    private static final Duration IDLE = Duration.ofMillis(500);

    @TempDir
    private Path folder;

    @Test
    void a_client_that_stops_in_the_middle_of_an_upload_loses_its_place() throws IOException, InterruptedException {
        var limits = UploadLimits.DEFAULT.withPlaces(1, Duration.ofSeconds(20));
        try (var server = RunningServer.in(folder, idle().withUploads(limits));
                var stalled = begin(server)) {
            assertEquals(201, server.upload(FILE, ARCHIVE).statusCode());
            var answer = stalled.rest();
            assertTrue(answer.isEmpty() || answer.contains("\"code\":\"upload_truncated\""), answer);
        }
    }

    @Test
    void an_answer_that_takes_longer_than_a_connection_may_be_silent_still_comes()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        var limits = UploadLimits.DEFAULT.withPlaces(1, IDLE.multipliedBy(4));
        try (var server = RunningServer.in(folder, idle().withUploads(limits));
                var running = begin(server);
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = executor.submit(() -> server.upload(FILE, ARCHIVE));
            int sent = ARCHIVE.length / 2;
            while (!isDoneWithin(IDLE.dividedBy(5), waiting)) {
                running.send(Arrays.copyOfRange(ARCHIVE, sent, sent + 1));
                sent++;
            }
            var refused = waiting.get(1, TimeUnit.SECONDS);
            assertEquals(503, refused.statusCode());
            assertTrue(RunningServer.text(refused).contains("\"code\":\"too_busy\""));
            running.send(Arrays.copyOfRange(ARCHIVE, sent, ARCHIVE.length));
            assertTrue(running.line().startsWith("HTTP/1.1 201 "));
        }
    }

    @Test
    void a_client_that_sends_a_byte_now_and_then_is_refused() throws IOException, InterruptedException {
        var limits = UploadLimits.DEFAULT.withGrace(Duration.ofMillis(400));
        try (var server = RunningServer.in(folder, idle().withUploads(limits));
                var slow = server.connect();
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            slow.send("POST /api/v1/upload/main HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + server.token()
                    + "\r\nX-File-Name: " + FILE + "\r\nContent-Length: " + ARCHIVE.length + "\r\n\r\n");
            var answer = executor.submit(slow::rest);
            for (int sent = 0; sent < 100 && !isDoneWithin(IDLE.dividedBy(5), answer); sent++) {
                slow.send(new byte[1]);
            }
            assertTrue(answer.resultNow().startsWith("HTTP/1.1 422 "), answer.resultNow());
            assertTrue(answer.resultNow().contains("less than 1024 bytes a second"), answer.resultNow());
        }
    }

    private static boolean isDoneWithin(Duration most, Future<?> work) throws InterruptedException {
        try {
            work.get(most.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static ServerConfig idle() {
        return ServerConfig.DEFAULT.withListen(new Listen("127.0.0.1", 0, null, IDLE));
    }

    private static RawConnection begin(RunningServer server) throws IOException {
        var connection = server.connect();
        connection.send(("POST /api/v1/upload/main HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + server.token()
                        + "\r\nX-File-Name: " + FILE + "\r\nContent-Length: " + ARCHIVE.length
                        + "\r\nExpect: 100-continue\r\n\r\n")
                .getBytes(ISO_8859_1));
        assertEquals("HTTP/1.1 100 Continue", connection.line());
        assertEquals("", connection.line());
        return connection.send(Arrays.copyOf(ARCHIVE, ARCHIVE.length / 2));
    }
}
