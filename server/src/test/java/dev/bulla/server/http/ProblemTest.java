package dev.bulla.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.problem.Code;
import dev.bulla.server.RunningServer;
import dev.bulla.testkit.Packages;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
    @TempDir
    private static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.in(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void a_problem_has_its_members_in_the_order_that_clients_print_first() throws IOException, InterruptedException {
        var problem = problem(server.get("/main/noarch/nothing"));
        assertEquals(
                List.of("code", "status", "title", "detail", "error", "message", "reason", "cure", "request_id"),
                List.copyOf(problem.members().sequencedKeySet()));
        assertEquals("not_here", text(problem, "code"));
        assertEquals(new JsonNumber("404"), problem.member("status").orElseThrow());
        assertEquals(Code.NOT_HERE.meaning(), text(problem, "title"));
        assertEquals(text(problem, "detail"), text(problem, "error"));
        assertEquals(text(problem, "detail"), text(problem, "message"));
        assertEquals(text(problem, "detail"), text(problem, "reason"));
        assertFalse(text(problem, "detail").isBlank());
    }

    @Test
    void the_request_id_is_in_the_document_and_in_a_header_and_never_twice() throws IOException, InterruptedException {
        var first = server.get("/nothing");
        var second = server.get("/nothing");
        assertEquals(first.headers().firstValue("X-Request-Id").orElseThrow(), text(problem(first), "request_id"));
        assertNotEquals(text(problem(first), "request_id"), text(problem(second), "request_id"));
    }

    @Test
    void the_status_line_of_http_1_1_carries_the_reason() throws IOException {
        try (var connection = server.connect()) {
            connection.send("POST /api/v1/upload/main HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
            assertEquals("HTTP/1.1 401 This needs a token and none was sent.", connection.line());
        }
    }

    @Test
    void the_status_line_is_one_line_of_ascii_whatever_was_asked() throws IOException {
        try (var connection = server.connect()) {
            connection.send("GET /%c3%a4%e2%80%a8x/noarch/repodata.json HTTP/1.1\r\nHost: x\r\n\r\n");
            var line = connection.line();
            assertTrue(line.matches("HTTP/1.1 404 [\\x20-\\x7e]{1,130}"), line);
        }
    }

    @Test
    void a_good_answer_has_the_usual_words() throws IOException {
        try (var connection = server.connect()) {
            connection.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
            assertEquals("HTTP/1.1 200 OK", connection.line());
        }
    }

    @Test
    void an_unauthenticated_caller_is_told_how() throws IOException, InterruptedException {
        var response = server.get("/api/v1/whoami");
        assertEquals(401, response.statusCode());
        assertEquals(
                "Bearer realm=\"bulla\", Basic realm=\"bulla\"",
                response.headers().firstValue("WWW-Authenticate").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /main/noarch/repodata.json, 'GET, HEAD'",
        "POST,   /main/content-trust/key_mgr.json, 'GET, HEAD'",
        "PUT,    /main/noarch/x-1-0.conda, 'GET, HEAD'",
        "GET,    /api/v1/upload/main, POST",
        "DELETE, /api/v1/channels, 'GET, HEAD, POST'",
        "OPTIONS, /api/v1/channels/main/root, PUT",
        "TRACE, /healthz, 'GET, HEAD'"
    })
    void a_wrong_method_is_told_the_right_ones(String method, String path, String allowed)
            throws IOException, InterruptedException {
        try (var connection = server.connect()) {
            connection.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            var answer = connection.rest();
            assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
            assertTrue(answer.contains("\r\nAllow: " + allowed + "\r\n"), answer);
            assertTrue(answer.contains("\"code\":\"method_not_allowed\""), answer);
        }
    }

    @Test
    void an_own_word_of_the_server_is_no_channel() throws IOException, InterruptedException {
        assertEquals(404, server.send("POST", "/api/v1/nothing").statusCode());
        assertEquals(404, server.send("PUT", "/api/noarch/x-1-0.conda").statusCode());
    }

    @Test
    void an_upload_with_several_faults_is_told_all_of_them() throws IOException, InterruptedException {
        var spoiled = Packages.tiny("zlib").field("name", "\"other\"").field("version", "\"9\"");
        var response = server.upload(Packages.tiny("zlib").condaName(), spoiled.conda());
        assertEquals(422, response.statusCode());
        var problem = problem(response);
        assertFalse(text(problem, "code").isBlank());
        assertTrue(text(problem, "detail").contains("other"), text(problem, "detail"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /main/../admin-token HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /main/%2e%2e/admin-token HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET //main/noarch/repodata.json HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /main//noarch/repodata.json HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /main/noarch%2frepodata.json HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /main/noarch%5c..%5cx HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /main/noarch/repodata.json%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /main/noarch/repodata.json;x=1 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /main/noarch/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /main/noarch/%ff HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET main HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /healthz HTTP/1.1\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n",
                "POST /api/v1/upload/main HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "POST /api/v1/upload/main HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /api/v1/upload/main HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            })
    void a_tricky_request_is_refused_in_our_words(String request) throws IOException {
        try (var connection = server.connect()) {
            var answer = connection.send(request).endOutput().rest();
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("application/problem+json"), answer);
            assertTrue(answer.contains("{\"code\":\"bad_request\",\"status\":400,"), answer);
        }
    }

    @Test
    void a_head_over_the_limit_is_refused_in_our_words() throws IOException {
        try (var connection = server.connect()) {
            connection.send("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n");
            var answer = connection.endOutput().rest();
            assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
            assertTrue(answer.contains("\"code\":\"bad_request\""), answer);
        }
    }

    @Test
    void every_answer_has_the_headers_that_keep_browsers_from_guessing() throws IOException, InterruptedException {
        for (var path : List.of("/healthz", "/nothing", "/main/noarch/repodata.json")) {
            var headers = server.get(path).headers();
            assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElseThrow());
            assertTrue(
                    headers.firstValue("Content-Security-Policy").orElseThrow().startsWith("default-src 'none'"));
            assertFalse(headers.map().containsKey("server"));
        }
    }

    @Test
    void a_body_that_is_no_json_is_a_bad_request() throws IOException, InterruptedException {
        for (var body : List.of("", "{", "[]", "{\"name\":1}", "{\"name\":\"a\",\"name\":\"b\"}")) {
            var response = server.send(server.request("/api/v1/channels")
                    .header("Authorization", "Bearer " + server.token())
                    .POST(BodyPublishers.ofString(body)));
            assertEquals(400, response.statusCode(), body);
            assertEquals("bad_request", text(problem(response), "code"));
        }
    }

    private static JsonObject problem(HttpResponse<byte[]> response) {
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElseThrow());
        return (JsonObject) Json.parse(response.body(), JsonLimits.METADATA);
    }

    private static String text(JsonObject object, String member) {
        return ((JsonString) object.member(member).orElseThrow()).value();
    }
}
