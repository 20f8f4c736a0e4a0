package dev.bulla.server.api;

import static dev.bulla.server.Answers.assertRefused;
import static dev.bulla.server.api.Multipart.BOUNDARY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.server.RunningServer;
import dev.bulla.server.ServerConfig;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that are refused; none of them leaves anything behind. */
class RefusedUploadTest {
    private static final TinyPackage PACKAGE = Packages.tiny("zlib");
    private static final String FILE = PACKAGE.condaName();
    private static final byte[] ARCHIVE = PACKAGE.conda();
    private static final long LIMIT = 1 << 20;

    @TempDir
    private static Path folder;

    private static RunningServer server;
    private static Set<String> filesBefore = Set.of();

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.in(folder, ServerConfig.DEFAULT.withUploads(UploadLimits.DEFAULT.withMaxBytes(LIMIT)));
        filesBefore = DataFiles.in(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @AfterEach
    void nothing_is_left() throws IOException, InterruptedException {
        assertEquals(filesBefore, DataFiles.in(folder));
        assertFalse(RunningServer.text(server.get("/main/noarch/repodata.json")).contains("zlib"));
    }

    @Test
    void a_wrong_hash_is_refused() throws IOException, InterruptedException {
        var wrong = Packages.sha256(new byte[1]);
        assertRefused(422, "hash_mismatch", multipart(Multipart.of(FILE, wrong, ARCHIVE.length, ARCHIVE)));
        assertRefused(
                422,
                "hash_mismatch",
                server.send(authorized("/api/v1/upload/main")
                        .header("X-File-Name", FILE)
                        .header("X-File-SHA256", wrong)
                        .POST(BodyPublishers.ofByteArray(ARCHIVE))));
    }

    @Test
    void a_name_that_is_not_the_packages_is_refused() throws IOException, InterruptedException {
        assertRefused(422, "metadata_mismatch", server.upload("zlib-9.9-0.tar.bz2", PACKAGE.tarBz2()));
        assertEquals(422, server.upload("zlib-9.9-0.conda", ARCHIVE).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"zlib.conda", "zlib-1.3.1-0.zip", "../zlib-1.3.1-0.conda", "ZLIB-1.3.1-0.conda", "x"})
    void a_name_that_is_none_is_refused(String name) throws IOException, InterruptedException {
        var response = server.upload(name, ARCHIVE);
        assertEquals(422, response.statusCode(), RunningServer.text(response));
    }

    @Test
    void what_is_no_package_is_refused() throws IOException, InterruptedException {
        assertEquals(422, server.upload(FILE, "no package".getBytes(ISO_8859_1)).statusCode());
        assertEquals(422, server.upload(FILE, new byte[0]).statusCode());
        assertEquals(
                422,
                server.upload(FILE, Arrays.copyOf(ARCHIVE, ARCHIVE.length - 30)).statusCode());
    }

    @Test
    void bare_bytes_that_end_early_are_refused() throws IOException, InterruptedException {
        try (var connection = server.connect()) {
            connection.send(rawHead(server.token()) + "Content-Length: " + ARCHIVE.length + "\r\n\r\n");
            connection.send(Arrays.copyOf(ARCHIVE, ARCHIVE.length / 2)).endOutput();
            var answer = connection.rest();
            assertTrue(answer.startsWith("HTTP/1.1 422 "), answer);
            assertTrue(answer.contains("\"code\":\"upload_truncated\""), answer);
        }
    }

    @Test
    void a_multipart_body_that_ends_early_is_refused() throws IOException, InterruptedException {
        byte[] body = Multipart.of(FILE, Packages.sha256(ARCHIVE), ARCHIVE.length, ARCHIVE);
        for (int missing : List.of(1, 2, 10, 100, ARCHIVE.length + 30, body.length)) {
            // Of the closing boundary, the line end after it may be missing.
            if (missing > 2) {
                var response = multipart(Arrays.copyOf(body, body.length - missing));
                assertRefused(422, "upload_truncated", response);
            }
        }
    }

    @Test
    void a_part_that_is_not_as_long_as_it_says_is_refused() throws IOException, InterruptedException {
        assertRefused(422, "upload_truncated", multipart(Multipart.of(FILE, null, ARCHIVE.length + 1L, ARCHIVE)));
        assertEquals(
                422,
                multipart(Multipart.of(FILE, null, ARCHIVE.length - 1L, ARCHIVE))
                        .statusCode());
    }

    @Test
    void an_upload_over_the_limit_is_refused_however_it_is_sent() throws IOException, InterruptedException {
        byte[] big = new byte[(int) LIMIT + 70_000];
        assertRefused(413, "upload_too_large", server.upload(FILE, big));
        assertRefused(413, "upload_too_large", multipart(Multipart.of(FILE, null, big.length, big)));
        assertRefused(
                413,
                "upload_too_large",
                server.send(authorized("/api/v1/upload/main")
                        .header("X-File-Name", FILE)
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(big)))));
    }

    @Test
    void a_second_part_is_refused_and_the_file_before_it_is_not_published() throws IOException, InterruptedException {
        var body = new ByteArrayOutputStream();
        byte[] whole = Multipart.of(FILE, null, ARCHIVE.length, ARCHIVE);
        body.writeBytes(Arrays.copyOf(whole, whole.length - 4));
        body.writeBytes(
                ("\r\nContent-Disposition: form-data; name=\"attestation\"\r\n\r\n{}\r\n--" + BOUNDARY + "--\r\n")
                        .getBytes(ISO_8859_1));
        assertRefused(400, "bad_request", multipart(body.toByteArray()));
        assertEquals(404, server.get("/main/noarch/" + FILE).statusCode());
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
                named + "; filename=\"" + "\\a".repeat(3_500) + "\"\r\n\r\nx" + end,
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

    private static HttpRequest.Builder authorized(String path) throws IOException {
        return server.request(path).header("Authorization", "Bearer " + server.token());
    }

    private static HttpResponse<byte[]> multipart(byte[] body) throws IOException, InterruptedException {
        return server.send(authorized("/api/v1/upload/main")
                .header("Content-Type", Multipart.TYPE)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static String rawHead(String token) {
        return "POST /api/v1/upload/main HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\nX-File-Name: "
                + FILE + "\r\n";
    }
}
