package dev.bulla.client.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.client.remote.LoopbackServer;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetcherTest {
    private static final Limit SMALL = new Limit("test file", 100);
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final FetchPolicy QUICK =
            new FetchPolicy(Duration.ofSeconds(5), Duration.ofMillis(500), 1000, 3, Duration.ZERO, "secret-token");

    private final LoopbackServer server = LoopbackServer.start();
    private final ChannelUrl channel = ChannelUrl.parse(server.url() + "/main");
    private final Fetcher fetcher = Fetcher.of(channel, QUICK);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_file_is_read_and_a_missing_one_is_empty() {
        server.put("/main/a.json", HELLO);

        assertArrayEquals(HELLO, fetcher.bytes(channel.resolve("a.json"), SMALL).orElseThrow());
        assertTrue(fetcher.bytes(channel.resolve("b.json"), SMALL).isEmpty());
        assertEquals(5, fetcher.head(channel.resolve("a.json")).orElseThrow().lengthBytes());
        assertTrue(fetcher.head(channel.resolve("b.json")).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void an_outage_is_tried_again_and_then_says_unreachable(int status) {
        server.fail("/main/a.json", status);

        var problem = refused("a.json");

        assertEquals(Code.SERVER_UNREACHABLE, problem.problem().code());
        assertEquals(3, server.requests().size());
    }

    @Test
    void a_server_that_recovers_is_read() {
        var calls = new AtomicInteger();
        server.handle("/main/a.json", exchange -> {
            var ready = calls.incrementAndGet() == 3;
            exchange.sendResponseHeaders(ready ? 200 : 503, ready ? HELLO.length : -1);
            if (ready) {
                exchange.getResponseBody().write(HELLO);
            }
        });

        assertArrayEquals(HELLO, fetcher.bytes(channel.resolve("a.json"), SMALL).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 405, 418, 501})
    void a_refusal_is_not_repeated_and_not_absence(int status) {
        server.fail("/main/a.json", status);

        var problem = refused("a.json");

        assertEquals(1, server.requests().size());
        assertFalse(problem.problem().code() == Code.SERVER_UNREACHABLE, problem::getMessage);
    }

    @Test
    void the_servers_reason_is_told_but_never_a_verdict_about_trust() {
        answer("/main/a.json", 401, "{\"code\":\"token_unknown\",\"detail\":\"no such\\u001b[31m token\"}");
        answer("/main/b.json", 403, "{\"code\":\"artifact_changed\",\"detail\":\"x\"}");

        var told = refused("a.json").problem();
        assertEquals(Code.TOKEN_UNKNOWN, told.code());
        assertTrue(told.detail().endsWith("no such [31m token"), told.detail());
        assertEquals(Code.SCOPE_DENIED, refused("b.json").problem().code());
    }

    @Test
    void a_longer_body_than_allowed_is_not_read() {
        server.put("/main/announced.json", new byte[101]);
        server.handle("/main/chunked.json", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[101]);
        });

        assertEquals(Code.SERVER_ANSWER_BAD, refused("announced.json").problem().code());
        assertEquals(Code.SERVER_ANSWER_BAD, refused("chunked.json").problem().code());
    }

    @Test
    void a_body_that_breaks_off_is_never_taken_for_whole() {
        server.handle("/main/a.json", exchange -> {
            exchange.sendResponseHeaders(200, 50);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
        });

        assertEquals(Code.SERVER_UNREACHABLE, refused("a.json").problem().code());
        assertEquals(3, server.requests().size());
    }

    @Test
    void one_redirect_at_the_same_host_is_followed() {
        server.put("/main/b.json", HELLO);
        redirect("/main/a.json", "/main/b.json");
        redirect("/main/twice.json", "/main/a.json");

        assertArrayEquals(HELLO, fetcher.bytes(channel.resolve("a.json"), SMALL).orElseThrow());
        assertEquals(Code.SERVER_ANSWER_BAD, refused("twice.json").problem().code());
    }

    @Test
    void a_redirect_to_another_host_is_not_followed() {
        try (var other = LoopbackServer.start()) {
            redirect("/main/a.json", other.url() + "/main/b.json");

            assertEquals(Code.SERVER_ANSWER_BAD, refused("a.json").problem().code());
            assertTrue(other.requests().isEmpty());
        }
    }

    @Test
    void the_token_goes_to_the_channels_host_only() {
        try (var other = LoopbackServer.start()) {
            var seen = new String[2];
            server.handle("/main/a.json", exchange -> {
                seen[0] = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.sendResponseHeaders(404, -1);
            });
            other.handle("/x", exchange -> {
                seen[1] = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.sendResponseHeaders(404, -1);
            });

            fetcher.bytes(channel.resolve("a.json"), SMALL);
            fetcher.bytes(ChannelUrl.parse(other.url()).resolve("x"), SMALL);

            assertEquals("Bearer secret-token", seen[0]);
            assertEquals("null", seen[1]);
        }
    }

    @Test
    void a_user_and_password_in_the_address_are_sent_as_basic() {
        var seen = new String[1];
        server.handle("/main/a.json", exchange -> {
            seen[0] = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(404, -1);
        });
        var url = ChannelUrl.parse(server.url().replace("://", "://me:pass@") + "/main");

        Fetcher.of(url, QUICK.withToken(null)).bytes(url.resolve("a.json"), SMALL);

        assertEquals("Basic bWU6cGFzcw==", seen[0]);
    }

    @Test
    void a_server_that_never_answers_is_left_after_the_timeout() throws Exception {
        try (var silent = new ServerSocket(0)) {
            var url = ChannelUrl.parse("http://127.0.0.1:" + silent.getLocalPort() + "/main");

            var problem = assertThrows(
                    ProblemException.class, () -> Fetcher.of(url, QUICK).bytes(url.resolve("a"), SMALL));

            assertEquals(Code.SERVER_UNREACHABLE, problem.problem().code());
        }
    }

    @Test
    void headers_that_drip_are_left_after_the_deadline() throws Exception {
        var patience = new FetchPolicy(Duration.ofMillis(300), Duration.ofMillis(300), 1000, 1, Duration.ZERO, null);
        try (var dripping = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> drip(dripping));
            var url = ChannelUrl.parse("http://127.0.0.1:" + dripping.getLocalPort() + "/main");
            var start = System.nanoTime();

            var problem = assertThrows(
                    ProblemException.class, () -> Fetcher.of(url, patience).bytes(url.resolve("a"), SMALL));

            assertEquals(Code.SERVER_UNREACHABLE, problem.problem().code());
            assertTrue(System.nanoTime() - start < 10_000_000_000L, "given up in time");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"root_not_chained", "signature_missing"})
    void a_server_that_says_what_is_not_trusted_tells_nothing(String code) {
        server.handle("/main/a.json", exchange -> {
            var body = ("{\"code\":\"" + code + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, body.length);
            exchange.getResponseBody().write(body);
        });

        assertEquals(Code.SERVER_ANSWER_BAD, refused("a.json").problem().code());
    }

    @Test
    void encoded_bodies_are_refused() {
        server.handle("/main/a.json", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 1);
            exchange.getResponseBody().write(1);
        });

        assertEquals(Code.SERVER_ANSWER_BAD, refused("a.json").problem().code());
    }

    @Test
    void a_folder_is_a_channel_too(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("noarch"));
        Files.write(folder.resolve("noarch/a.json"), HELLO);
        var url = ChannelUrl.parse(folder.toString());
        var files = Fetcher.of(url, QUICK);

        assertArrayEquals(
                HELLO, files.bytes(url.resolve("noarch/a.json"), SMALL).orElseThrow());
        assertTrue(files.bytes(url.resolve("noarch/b.json"), SMALL).isEmpty());
        assertThrows(IllegalArgumentException.class, () -> files.bytes(url.resolve("../b.json"), SMALL));
    }

    private ProblemException refused(String path) {
        return assertThrows(ProblemException.class, () -> fetcher.bytes(channel.resolve(path), SMALL));
    }

    private void answer(String path, int status, String body) {
        server.handle(path, exchange -> {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    private void redirect(String from, String to) {
        server.handle(from, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
        });
    }

    /** One byte of a header every 100 ms, for at most 20 s. */
    private static void drip(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            for (var i = 0; i < 200 && !Thread.currentThread().isInterrupted(); i++) {
                socket.getOutputStream().write('a');
                socket.getOutputStream().flush();
                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
            }
        } catch (java.io.IOException e) {
            return; // the client has left, as it should
        }
    }
}
