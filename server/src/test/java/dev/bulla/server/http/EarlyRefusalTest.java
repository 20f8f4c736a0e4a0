package dev.bulla.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.server.RunningServer;
import dev.bulla.server.ServerConfig;
import dev.bulla.server.api.UploadLimits;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client that is in the middle of sending sees of a refusal. */
class EarlyRefusalTest {
    private static final int BODY_BYTES = 20_000_000;
    private static final int LIMIT_BYTES = 1_000_000;
    private static final String UPLOAD = "POST /api/v1/upload/main HTTP/1.1\r\nHost: x\r\n";

    @TempDir
    private Path folder;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.in(
                folder, ServerConfig.DEFAULT.withUploads(UploadLimits.DEFAULT.withMaxBytes(LIMIT_BYTES)));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void a_client_that_sends_everything_before_it_reads_gets_the_whole_answer() throws IOException {
        for (int round = 0; round < 10; round++) {
            try (var connection = server.connect()) {
                connection
                        .send(UPLOAD + "Content-Length: " + BODY_BYTES + "\r\n\r\n")
                        .send(new byte[BODY_BYTES]);
                assertRefusedWithToken(connection.rest());
            }
        }
    }

    @Test
    void a_client_that_listens_gets_the_answer_and_the_end_of_the_stream_at_once() throws IOException {
        try (var connection = server.connect()) {
            connection
                    .send(UPLOAD + "Content-Length: " + BODY_BYTES + "\r\n\r\n")
                    .send(new byte[1000]);
            assertRefusedWithToken(connection.rest());
            connection.send(new byte[1000]);
        }
    }

    @Test
    void a_client_that_waits_for_100_continue_is_refused_without_sending() throws IOException {
        try (var connection = server.connect()) {
            connection.send(UPLOAD + "Content-Length: " + BODY_BYTES + "\r\nExpect: 100-continue\r\n\r\n");
            assertRefusedWithToken(connection.rest());
        }
    }

    @Test
    void a_client_that_was_told_to_continue_and_sends_too_much_gets_the_answer() throws IOException {
        try (var connection = server.connect()) {
            connection.send(UPLOAD + "Authorization: Bearer " + server.token() + "\r\nX-File-Name: a-1-0.conda\r\n"
                    + "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
            assertEquals("HTTP/1.1 100 Continue", connection.line());
            assertEquals("", connection.line());
            connection.send(Integer.toHexString(BODY_BYTES) + "\r\n").send(new byte[BODY_BYTES]);
            var answer = connection.rest();
            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
            assertTrue(answer.contains("\"code\":\"upload_too_large\""), answer);
        }
    }

    @Test
    void a_connection_lives_on_when_the_refused_body_was_short() throws IOException {
        try (var connection = server.connect()) {
            connection.send(UPLOAD + "Content-Length: 3\r\n\r\nabc");
            assertEquals("HTTP/1.1 401 This needs a token and none was sent.", connection.line());
            connection.send("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertTrue(connection.rest().contains("{\"healthy\":true}"));
        }
    }

    private static void assertRefusedWithToken(String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        assertTrue(answer.contains("Connection: close"), answer);
        assertTrue(answer.contains("\"code\":\"token_missing\""), answer);
        assertTrue(answer.endsWith("}"), answer);
    }
}
