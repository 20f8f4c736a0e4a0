package dev.bulla.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.server.exchange.AddressRange;
import dev.bulla.server.http.Tls;
import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
    private static final String FILE = Packages.tiny("zlib").condaName();
    private static final byte[] ARCHIVE = Packages.tiny("zlib").conda();

    @TempDir
    private Path folder;

    @Test
    void a_port_that_is_taken_has_a_code() throws IOException {
        try (var running = RunningServer.in(folder)) {
            var same = ServerConfig.DEFAULT.withPort(running.server().port());
            assertEquals(Code.PORT_IN_USE, refusal(running, same));
            assertEquals(
                    Code.BAD_CONFIG,
                    refusal(running, ServerConfig.DEFAULT.withPort(0).withHost("203.0.113.1")));
        }
    }

    @Test
    void the_defaults_are_loopback_port_8080_and_what_the_manual_says() {
        assertEquals("127.0.0.1", ServerConfig.DEFAULT.listen().host());
        assertEquals(8080, ServerConfig.DEFAULT.listen().port());
        assertEquals(5L << 30, ServerConfig.DEFAULT.uploads().maxBytes());
        assertEquals(256, ServerConfig.DEFAULT.uploads().maxConcurrent());
        assertEquals(List.of(), ServerConfig.DEFAULT.trustedProxies());
    }

    @Test
    void a_public_url_is_a_web_address() {
        for (var url : List.of("ftp://example.org/", "https:///x", "example.org", "mailto:a@b")) {
            assertThrows(
                    IllegalArgumentException.class, () -> ServerConfig.DEFAULT.withPublicUrl(URI.create(url)), url);
        }
    }

    @Test
    void the_public_url_is_what_answers_name() throws IOException, InterruptedException {
        var config = ServerConfig.DEFAULT.withPublicUrl(URI.create("https://conda.example.org/bulla/"));
        try (var server = RunningServer.in(folder, config)) {
            assertNamed(server.upload(FILE, ARCHIVE), "https://conda.example.org/bulla/main/noarch/" + FILE);
        }
    }

    @Test
    void a_trusted_proxy_says_where_people_came_from() throws IOException, InterruptedException {
        var config = ServerConfig.DEFAULT.withTrustedProxies(List.of(AddressRange.parse("127.0.0.0/8")));
        try (var server = RunningServer.in(folder, config)) {
            assertNamed(forwarded(server, "https", "conda.example.org"), "https://conda.example.org/main");
            var own = server.server().url() + "/main";
            assertNamed(forwarded(server, "javascript", "a b\"<"), own);
        }
    }

    @Test
    void nobody_else_says_where_people_came_from() throws IOException, InterruptedException {
        try (var server = RunningServer.in(folder)) {
            assertNamed(
                    forwarded(server, "https", "conda.example.org"),
                    server.server().url() + "/main");
        }
    }

    @Test
    void https_is_served_from_pem_files() throws IOException, InterruptedException, GeneralSecurityException {
        for (var algorithm : List.of("RSA", "EC")) {
            var pem = PemFiles.selfSigned(folder.resolve(algorithm), algorithm);
            var config = ServerConfig.DEFAULT.withTls(new Tls(pem.certificate(), pem.key()));
            try (var server = RunningServer.in(folder.resolve(algorithm + "-data"), config);
                    var client =
                            HttpClient.newBuilder().sslContext(pem.trusting()).build()) {
                assertTrue(server.server().url().startsWith("https://"));
                var request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + server.server().port() + "/api/v1/channels/main"));
                var response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                assertNamed(response, "https://localhost:" + server.server().port() + "/main");
            }
        }
    }

    @Test
    void tls_files_that_do_not_fit_stop_the_start() throws IOException, InterruptedException, GeneralSecurityException {
        var one = PemFiles.selfSigned(folder.resolve("one"), "EC");
        var two = PemFiles.selfSigned(folder.resolve("two"), "EC");
        var empty = Files.createFile(folder.resolve("empty.pem"));
        try (var running = RunningServer.in(folder.resolve("data"))) {
            for (var tls : List.of(
                    new Tls(one.certificate(), two.key()),
                    new Tls(one.certificate(), one.certificate()),
                    new Tls(one.key(), one.key()),
                    new Tls(empty, one.key()),
                    new Tls(one.certificate(), empty),
                    new Tls(folder.resolve("absent"), one.key()))) {
                assertEquals(
                        Code.BAD_CONFIG,
                        refusal(running, ServerConfig.DEFAULT.withPort(0).withTls(tls)),
                        tls.toString());
            }
        }
    }

    private static HttpResponse<byte[]> forwarded(RunningServer server, String scheme, String host)
            throws IOException, InterruptedException {
        return server.get("/api/v1/channels/main", "X-Forwarded-Proto", scheme, "X-Forwarded-Host", host);
    }

    private static void assertNamed(HttpResponse<byte[]> response, String url) {
        assertTrue(RunningServer.text(response).contains("\"url\":\"" + url + "\""), RunningServer.text(response));
    }

    private static Code refusal(RunningServer running, ServerConfig config) {
        var thrown = assertThrows(
                ProblemException.class, () -> BullaServer.start(config, running.channels(), Clock.systemUTC()));
        return thrown.problem().code();
    }
}
