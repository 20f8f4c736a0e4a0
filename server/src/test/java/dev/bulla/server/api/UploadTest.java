package dev.bulla.server.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.server.RunningServer;
import dev.bulla.server.ServerConfig;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTest {
    private static final TinyPackage PACKAGE = Packages.tiny("zlib");
    private static final String FILE = PACKAGE.condaName();
    private static final byte[] ARCHIVE = PACKAGE.conda();
    private static final String BOUNDARY = "b0undary";
    private static final long LIMIT = 1 << 20;

    @TempDir
    private Path folder;

    private RunningServer server;
    private Set<String> filesBefore = Set.of();

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.in(
                folder, ServerConfig.DEFAULT.withUploads(new UploadLimits(LIMIT, 8, Duration.ofSeconds(5))));
        filesBefore = blobs();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void bare_bytes_are_published_and_answered_with_where_they_are() throws IOException, InterruptedException {
        var response = server.upload(FILE, ARCHIVE);
        assertEquals(201, response.statusCode());
        var document = document(response);
        assertEquals(
                List.of("channel", "subdir", "file_name", "sha256", "size", "already_there", "generation", "url"),
                List.copyOf(document.members().sequencedKeySet()));
        assertEquals("noarch", text(document, "subdir"));
        assertEquals(Packages.sha256(ARCHIVE), text(document, "sha256"));
        assertEquals(server.server().url() + "/main/noarch/" + FILE, text(document, "url"));
        assertArrayEquals(ARCHIVE, server.get("/main/noarch/" + FILE).body());
        assertTrue(RunningServer.text(server.get("/main/noarch/repodata.json")).contains(FILE));
    }

    @Test
    void bytes_of_unknown_length_are_published() throws IOException, InterruptedException {
        var response = server.send(authorized("/api/v1/upload/main")
                .header("X-File-Name", FILE)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(ARCHIVE))));
        assertEquals(201, response.statusCode());
        assertArrayEquals(ARCHIVE, server.get("/main/noarch/" + FILE).body());
    }

    @Test
    void a_multipart_upload_is_published() throws IOException, InterruptedException {
        var response = multipart(part(FILE, Packages.sha256(ARCHIVE), ARCHIVE.length, ARCHIVE));
        assertEquals(201, response.statusCode(), RunningServer.text(response));
        assertArrayEquals(ARCHIVE, server.get("/main/noarch/" + FILE).body());
    }

    @Test
    void the_name_in_the_disposition_is_enough() throws IOException, InterruptedException {
        var response = multipart(("--" + BOUNDARY + "\r\n" + "Content-Disposition: form-data; filename=\"" + FILE
                        + "\"; name=file\r\n\r\n")
                .getBytes(ISO_8859_1));
        assertEquals(422, response.statusCode(), "without a closing boundary");
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; filename=\"" + FILE + "\"; name=file\r\n\r\n")
                        .getBytes(ISO_8859_1));
        whole.writeBytes(ARCHIVE);
        whole.writeBytes(("\r\n--" + BOUNDARY + "--").getBytes(ISO_8859_1));
        assertEquals(201, multipart(whole.toByteArray()).statusCode());
    }

    @Test
    void a_multipart_body_may_be_cut_by_the_network_anywhere() throws IOException, InterruptedException {
        byte[] body = part(FILE, Packages.sha256(ARCHIVE), ARCHIVE.length, ARCHIVE);
        int tail = body.length - BOUNDARY.length() - 10;
        for (int cut = 0; cut < body.length; cut += cut < 300 || cut > tail ? 1 : 97) {
            var response = chunked(Arrays.copyOf(body, cut), Arrays.copyOfRange(body, cut, body.length));
            assertTrue(response.matches("(?s)HTTP/1.1 20[01] .*"), "cut at " + cut + ": " + response);
        }
    }

    @Test
    void the_same_bytes_again_change_nothing() throws IOException, InterruptedException {
        server.upload(FILE, ARCHIVE);
        var etag = server.get("/main/noarch/repodata.json").headers().firstValue("ETag");
        var again = server.upload(FILE, ARCHIVE);
        assertEquals(200, again.statusCode());
        assertEquals(
                new JsonBoolean(true), document(again).member("already_there").orElseThrow());
        assertEquals(etag, server.get("/main/noarch/repodata.json").headers().firstValue("ETag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?force=true", "?force=1"})
    void other_bytes_under_a_published_name_are_a_conflict_always(String query)
            throws IOException, InterruptedException {
        server.upload(FILE, ARCHIVE);
        var kept = blobs();
        byte[] other = PACKAGE.file("lib/other.txt", "other").conda();
        var response = server.send(authorized("/api/v1/upload/main" + query)
                .header("X-File-Name", FILE)
                .POST(BodyPublishers.ofByteArray(other)));
        assertRefused(409, "name_conflict", response);
        assertArrayEquals(ARCHIVE, server.get("/main/noarch/" + FILE).body());
        assertEquals(kept, blobs());
    }

    @Test
    void a_wrong_hash_is_refused_and_leaves_nothing() throws IOException, InterruptedException {
        var wrong = Packages.sha256(new byte[1]);
        assertRefused(422, "hash_mismatch", multipart(part(FILE, wrong, ARCHIVE.length, ARCHIVE)));
        assertRefused(
                422,
                "hash_mismatch",
                server.send(authorized("/api/v1/upload/main")
                        .header("X-File-Name", FILE)
                        .header("X-File-SHA256", wrong)
                        .POST(BodyPublishers.ofByteArray(ARCHIVE))));
        assertNothingLeft();
    }

    @Test
    void a_name_that_is_not_the_packages_is_refused_and_leaves_nothing() throws IOException, InterruptedException {
        assertRefused(422, "metadata_mismatch", server.upload("zlib-9.9-0.conda", ARCHIVE));
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zlib.conda", "zlib-1.3.1-0.zip", "../zlib-1.3.1-0.conda", "ZLIB-1.3.1-0.conda", "x"})
    void a_name_that_is_none_is_refused_and_leaves_nothing(String name) throws IOException, InterruptedException {
        var response = server.upload(name, ARCHIVE);
        assertEquals(422, response.statusCode(), RunningServer.text(response));
        assertNothingLeft();
    }

    @Test
    void what_is_no_package_is_refused_and_leaves_nothing() throws IOException, InterruptedException {
        assertEquals(422, server.upload(FILE, "no package".getBytes(ISO_8859_1)).statusCode());
        assertEquals(422, server.upload(FILE, new byte[0]).statusCode());
        assertEquals(
                422,
                server.upload(FILE, Arrays.copyOf(ARCHIVE, ARCHIVE.length - 30)).statusCode());
        assertNothingLeft();
    }

    @Test
    void bare_bytes_that_end_early_are_refused_and_leave_nothing() throws IOException, InterruptedException {
        try (var connection = server.connect()) {
            connection.send(rawHead(server.token()) + "Content-Length: " + ARCHIVE.length + "\r\n\r\n");
            connection.send(Arrays.copyOf(ARCHIVE, ARCHIVE.length / 2)).endOutput();
            var answer = connection.rest();
            assertTrue(answer.startsWith("HTTP/1.1 422 "), answer);
            assertTrue(answer.contains("\"code\":\"upload_truncated\""), answer);
        }
        assertNothingLeft();
    }

    @Test
    void a_client_that_vanishes_leaves_nothing() throws IOException, InterruptedException {
        try (var connection = server.connect()) {
            connection.send(rawHead(server.token()) + "Transfer-Encoding: chunked\r\n\r\n4\r\nPK\3\4\r\n");
        }
        assertTrue(server.server().drainAndStop(Duration.ofSeconds(20)));
        assertEquals(filesBefore, blobs());
    }

    @Test
    void a_multipart_body_that_ends_early_is_refused_and_leaves_nothing() throws IOException, InterruptedException {
        byte[] body = part(FILE, Packages.sha256(ARCHIVE), ARCHIVE.length, ARCHIVE);
        for (int missing : List.of(1, 2, 10, 100, ARCHIVE.length + 30, body.length)) {
            // Of the closing boundary, the line end after it may be missing.
            if (missing > 2) {
                var response = multipart(Arrays.copyOf(body, body.length - missing));
                assertRefused(422, "upload_truncated", response);
            }
        }
        assertNothingLeft();
    }

    @Test
    void a_part_that_is_not_as_long_as_it_says_is_refused() throws IOException, InterruptedException {
        assertRefused(422, "upload_truncated", multipart(part(FILE, null, ARCHIVE.length + 1L, ARCHIVE)));
        assertEquals(
                422, multipart(part(FILE, null, ARCHIVE.length - 1L, ARCHIVE)).statusCode());
        assertNothingLeft();
    }

    @Test
    void an_upload_over_the_limit_is_refused_however_it_is_sent() throws IOException, InterruptedException {
        byte[] big = new byte[(int) LIMIT + 70_000];
        assertRefused(413, "upload_too_large", server.upload(FILE, big));
        assertRefused(413, "upload_too_large", multipart(part(FILE, null, big.length, big)));
        assertRefused(
                413,
                "upload_too_large",
                server.send(authorized("/api/v1/upload/main")
                        .header("X-File-Name", FILE)
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(big)))));
        assertNothingLeft();
    }

    @Test
    void a_second_part_is_refused_and_the_file_before_it_is_not_published() throws IOException, InterruptedException {
        var body = new ByteArrayOutputStream();
        byte[] whole = part(FILE, null, ARCHIVE.length, ARCHIVE);
        body.writeBytes(Arrays.copyOf(whole, whole.length - 4));
        body.writeBytes(
                ("\r\nContent-Disposition: form-data; name=\"attestation\"\r\n\r\n{}\r\n--" + BOUNDARY + "--\r\n")
                        .getBytes(ISO_8859_1));
        assertRefused(400, "bad_request", multipart(body.toByteArray()));
        assertEquals(404, server.get("/main/noarch/" + FILE).statusCode());
        assertNothingLeft();
    }

    @Test
    void a_multipart_body_of_another_shape_is_refused() throws IOException, InterruptedException {
        var start = "--" + BOUNDARY + "\r\n";
        var end = "\r\n--" + BOUNDARY + "--\r\n";
        var named = start + "Content-Disposition: form-data; name=\"file\"";
        for (var body : List.of(
                start + "Content-Disposition: form-data; name=\"files\"\r\n\r\nx" + end,
                start + "X-File-Name: " + FILE + "\r\n\r\nx" + end,
                named + "\r\n\r\nx" + end,
                named + "; filename=\"a\"\r\nX-File-Name: b\r\n\r\nx" + end,
                named + "\r\nX-File-Name: b\r\nContent-Length: z\r\n\r\nx" + end,
                start + "X-Long: " + "a".repeat(10_000) + "\r\n\r\nx" + end,
                start + ": no name\r\n\r\nx" + end)) {
            assertRefused(400, "bad_request", multipart(body.getBytes(ISO_8859_1)));
        }
        for (var type :
                List.of("multipart/form-data", "multipart/mixed; boundary=x", "multipart/form-data; boundary=")) {
            assertRefused(
                    400,
                    "bad_request",
                    server.send(authorized("/api/v1/upload/main")
                            .header("Content-Type", type)
                            .POST(BodyPublishers.ofByteArray(ARCHIVE))));
        }
        assertNothingLeft();
    }

    @Test
    void bare_bytes_need_a_name_and_a_hash_that_is_one() throws IOException, InterruptedException {
        assertRefused(
                400,
                "bad_request",
                server.send(authorized("/api/v1/upload/main").POST(BodyPublishers.ofByteArray(ARCHIVE))));
        assertRefused(
                400,
                "bad_request",
                server.send(authorized("/api/v1/upload/main")
                        .header("X-File-Name", FILE)
                        .header("X-File-SHA256", "abc")
                        .POST(BodyPublishers.ofByteArray(ARCHIVE))));
        assertNothingLeft();
    }

    @Test
    void an_upload_into_no_channel_is_404() throws IOException, InterruptedException {
        for (var channel : List.of("other", "UPPER", "linux-64", "..a")) {
            assertRefused(
                    404,
                    "channel_unknown",
                    server.send(authorized("/api/v1/upload/" + channel)
                            .header("X-File-Name", FILE)
                            .POST(BodyPublishers.ofByteArray(ARCHIVE))));
        }
    }

    @Test
    void a_token_is_taken_from_each_place_where_clients_put_it() throws IOException, InterruptedException {
        var token = server.token();
        for (var value : List.of(
                "Bearer " + token,
                "bearer  " + token,
                "token " + token,
                "Basic " + base64("anyone:" + token),
                "Basic " + base64(token + ":"))) {
            assertEquals(
                    200, server.get("/api/v1/whoami", "Authorization", value).statusCode(), value);
        }
        assertEquals(200, server.get("/api/v1/whoami", "X-API-Key", token).statusCode());
        var whoami = server.get("/t/" + token + "/api/v1/whoami");
        assertEquals(200, whoami.statusCode());
        assertEquals(new JsonBoolean(true), document(whoami).member("admin").orElseThrow());
        assertFalse(RunningServer.text(whoami).contains(token));
    }

    @Test
    void an_upload_under_the_token_prefix_does_not_repeat_the_token() throws IOException, InterruptedException {
        var response = server.send(server.request("/t/" + server.token() + "/api/v1/upload/main")
                .header("X-File-Name", FILE)
                .POST(BodyPublishers.ofByteArray(ARCHIVE)));
        assertEquals(201, response.statusCode());
        assertFalse(RunningServer.text(response).contains(server.token()));
    }

    @Test
    void a_credential_that_is_none_says_what_is_wrong_with_it() throws IOException, InterruptedException {
        var unknown = "bulla-" + "0".repeat(30) + "000000";
        assertRefused(401, "token_missing", server.get("/api/v1/whoami"));
        assertRefused(401, "token_missing", server.get("/api/v1/whoami", "Authorization", "Bearer "));
        assertRefused(401, "token_malformed", server.get("/api/v1/whoami", "Authorization", "Bearer " + unknown));
        assertRefused(401, "token_malformed", server.get("/api/v1/whoami", "Authorization", "Digest x"));
        assertRefused(401, "token_malformed", server.get("/api/v1/whoami", "Authorization", "Basic ???"));
        assertRefused(401, "token_malformed", server.get("/api/v1/whoami", "Authorization", "Basic eA=="));
        assertRefused(
                401,
                "token_malformed",
                server.get("/api/v1/whoami", "Authorization", "Bearer a", "Authorization", "Bearer b"));
        assertRefused(401, "token_malformed", server.get("/t/expired/api/v1/whoami"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
    }

    private HttpRequest.Builder authorized(String path) throws IOException {
        return server.request(path).header("Authorization", "Bearer " + server.token());
    }

    private HttpResponse<byte[]> multipart(byte[] body) throws IOException, InterruptedException {
        return server.send(authorized("/api/v1/upload/main")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    /** One upload whose body arrives in two HTTP chunks, which the server sees as two buffers. */
    private String chunked(byte[] first, byte[] second) throws IOException {
        try (var connection = server.connect()) {
            connection.send("POST /api/v1/upload/main HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "Authorization: Bearer " + server.token() + "\r\n"
                    + "Content-Type: multipart/form-data; boundary=\"" + BOUNDARY + "\"\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n");
            for (var chunk : List.of(first, second)) {
                if (chunk.length > 0) {
                    connection
                            .send(Integer.toHexString(chunk.length) + "\r\n")
                            .send(chunk)
                            .send("\r\n");
                }
            }
            return connection.send("0\r\n\r\n").rest();
        }
    }

    private static String rawHead(String token) {
        return "POST /api/v1/upload/main HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\nX-File-Name: "
                + FILE + "\r\n";
    }

    private static byte[] part(String fileName, @Nullable String sha256, long length, byte[] bytes) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("--" + BOUNDARY + "\r\n"
                        + "Content-Disposition: form-data; name=\"file\"; filename=\"" + fileName + "\"\r\n"
                        + "content-type: application/octet-stream\r\n"
                        + "content-length: " + length + "\r\n"
                        + "x-file-name: " + fileName + "\r\n"
                        + (sha256 == null ? "" : "x-file-sha256: " + sha256 + "\r\n") + "\r\n")
                .getBytes(ISO_8859_1));
        body.writeBytes(bytes);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(ISO_8859_1));
        return body.toByteArray();
    }

    private static void assertRefused(int status, String code, HttpResponse<byte[]> response) {
        assertEquals(status, response.statusCode(), RunningServer.text(response));
        assertEquals(code, text(document(response), "code"));
    }

    private void assertNothingLeft() throws IOException, InterruptedException {
        assertEquals(filesBefore, blobs());
        assertFalse(RunningServer.text(server.get("/main/noarch/repodata.json")).contains("zlib"));
    }

    /** Every file in the data folder that is neither the database nor an index. */
    private Set<String> blobs() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.contains("bulla.db") && !name.contains("index"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static JsonObject document(HttpResponse<byte[]> response) {
        return (JsonObject) Json.parse(response.body(), JsonLimits.METADATA);
    }

    private static String text(JsonObject object, String member) {
        return ((JsonString) object.member(member).orElseThrow()).value();
    }
}
