package dev.bulla.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.server.PemFiles;
import dev.bulla.server.RunningServer;
import dev.bulla.server.ServerConfig;
import dev.bulla.server.api.UploadLimits;
import dev.bulla.testkit.Packages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtocolsTest {
    private static final String FILE = Packages.tiny("zlib").condaName();
    private static final byte[] ARCHIVE = Packages.tiny("zlib").conda();
    private static final int LIMIT_BYTES = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    void a_client_that_asks_for_the_upgrade_gets_http_2_and_everything_over_it()
            throws IOException, InterruptedException {
        try (var server = RunningServer.in(folder);
                var client = client()) {
            var first = client.send(server.request("/healthz").build(), BodyHandlers.ofByteArray());
            assertEquals(Version.HTTP_2, first.version());
            var uploaded = client.send(upload(server).build(), BodyHandlers.ofByteArray());
            assertEquals(201, uploaded.statusCode());
            assertEquals(Version.HTTP_2, uploaded.version());
            var many = IntStream.range(0, 100)
                    .mapToObj(i -> client.sendAsync(
                            server.request("/main/noarch/" + FILE).build(), BodyHandlers.ofByteArray()))
                    .toList();
            for (var one : many) {
                assertArrayEquals(ARCHIVE, one.join().body());
                assertEquals(Version.HTTP_2, one.join().version());
            }
        }
    }

    @Test
    void an_upload_as_the_first_request_is_taken_whatever_the_client_asks_for()
            throws IOException, InterruptedException {
        try (var server = RunningServer.in(folder);
                var client = client()) {
            var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(ARCHIVE));
            var uploaded = client.send(upload(server).POST(chunked).build(), BodyHandlers.ofString());
            assertEquals(201, uploaded.statusCode(), uploaded.body());
            assertEquals(Version.HTTP_1_1, uploaded.version());
        }
    }

    @Test
    void http_2_without_any_question_is_answered_so() throws IOException {
        try (var server = RunningServer.in(folder);
                var connection = server.connect()) {
            connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
            connection.send(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
            connection.send(new byte[] {0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            var frames = connection.rest().getBytes(ISO_8859_1);
            assertEquals(4, frames[3], "the first frame is not SETTINGS");
        }
    }

    @Test
    void tls_settles_the_protocol_by_alpn() throws IOException, InterruptedException, GeneralSecurityException {
        var pem = PemFiles.selfSigned(folder.resolve("pem"), "EC");
        var tls = ServerConfig.DEFAULT.withTls(new Tls(pem.certificate(), pem.key()));
        try (var server = RunningServer.in(folder.resolve("data"), tls)) {
            int port = server.server().port();
            for (var version : Version.values()) {
                if (version != Version.HTTP_1_1 && version != Version.HTTP_2) {
                    continue;
                }
                try (var client = HttpClient.newBuilder()
                        .sslContext(pem.trusting())
                        .version(version)
                        .build()) {
                    var url = URI.create("https://localhost:" + port + "/healthz");
                    var answer = client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
                    assertEquals(version, answer.version());
                    assertEquals("{\"healthy\":true}", answer.body());
                }
            }
            assertEquals("HTTP/1.1 200 OK", statusLineWithoutAlpn(pem.trusting(), port));
        }
    }

    @Test
    void a_refused_upload_is_explained_over_http_2_and_its_neighbours_go_on() throws IOException, InterruptedException {
        var limits = UploadLimits.DEFAULT.withMaxBytes(LIMIT_BYTES);
        try (var server = RunningServer.in(folder, ServerConfig.DEFAULT.withUploads(limits));
                var client = client()) {
            client.send(server.request("/healthz").build(), BodyHandlers.discarding());
            for (int round = 0; round < 5; round++) {
                var body = BodyPublishers.ofByteArray(new byte[20 * LIMIT_BYTES]);
                var refused = client.send(
                        server.request("/api/v1/upload/main").POST(body).build(), BodyHandlers.ofString());
                assertRefused(refused, 401, "token_missing");
                var tooLarge = client.send(upload(server).POST(body).build(), BodyHandlers.ofString());
                assertRefused(tooLarge, 413, "upload_too_large");
                var next = client.send(server.request("/healthz").build(), BodyHandlers.ofString());
                assertEquals("{\"healthy\":true}", next.body());
            }
        }
    }

    @Test
    void a_head_of_more_than_16_kib_is_refused_over_http_2_too() throws IOException, InterruptedException {
        try (var server = RunningServer.in(folder);
                var client = client()) {
            client.send(server.request("/healthz").build(), BodyHandlers.discarding());
            var request = server.request("/healthz").header("X-Long", "x".repeat(20_000));
            assertTrue(isRefused(client, request.build()));
            var next = client.send(server.request("/healthz").build(), BodyHandlers.ofString());
            assertEquals(200, next.statusCode());
        }
    }

    /** With 431, or by the end of the connection, which may overtake that answer. */
    private static boolean isRefused(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 431;
        } catch (IOException ended) {
            return true;
        }
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertEquals(Version.HTTP_2, answer.version());
        assertEquals(status, answer.statusCode());
        assertTrue(answer.body().contains("\"code\":\"" + code + "\""), answer.body());
    }

    private static HttpRequest.Builder upload(RunningServer server) throws IOException {
        return server.request("/api/v1/upload/main")
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofByteArray(ARCHIVE))
                .header("Authorization", "Bearer " + server.token())
                .header("X-File-Name", FILE);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(Version.HTTP_2).build();
    }

    private static String statusLineWithoutAlpn(SSLContext trusting, int port) throws IOException {
        try (var socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", port)) {
            socket.getOutputStream().write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
            var line = new StringBuilder();
            for (int c = socket.getInputStream().read();
                    c != '\r' && c >= 0;
                    c = socket.getInputStream().read()) {
                line.append((char) c);
            }
            return line.toString();
        }
    }
}
