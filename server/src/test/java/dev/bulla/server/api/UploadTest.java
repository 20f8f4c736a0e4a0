package dev.bulla.server.api;

import static dev.bulla.server.Answers.assertRefused;
import static dev.bulla.server.Answers.document;
import static dev.bulla.server.Answers.text;
import static dev.bulla.server.api.Multipart.BOUNDARY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.server.RunningServer;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import dev.bulla.trust.json.JsonBoolean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that are taken. */
class UploadTest {
    private static final TinyPackage PACKAGE = Packages.tiny("zlib");
    private static final String FILE = PACKAGE.condaName();
    private static final byte[] ARCHIVE = PACKAGE.conda();

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
        assertTrue(RunningServer.text(server.getSettled("/main/noarch/repodata.json"))
                .contains(FILE));
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
        var response = multipart(Multipart.of(FILE, Packages.sha256(ARCHIVE), ARCHIVE.length, ARCHIVE));
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
        byte[] body = Multipart.of(FILE, Packages.sha256(ARCHIVE), ARCHIVE.length, ARCHIVE);
        int tail = body.length - BOUNDARY.length() - 10;
        for (int cut = 0; cut < body.length; cut += cut < 300 || cut > tail ? 1 : 97) {
            var response = chunked(Arrays.copyOf(body, cut), Arrays.copyOfRange(body, cut, body.length));
            assertTrue(response.matches("(?s)HTTP/1.1 20[01] .*"), "cut at " + cut + ": " + response);
        }
    }

    @Test
    void a_name_that_was_asked_for_in_vain_is_there_once_it_is_published() throws IOException, InterruptedException {
        assertEquals(404, server.get("/main/noarch/" + FILE).statusCode());
        server.upload(FILE, ARCHIVE);
        assertEquals(200, server.get("/main/noarch/" + FILE).statusCode());
        assertEquals(404, server.get("/main/linux-64/" + FILE).statusCode());
    }

    @Test
    void the_same_bytes_again_change_nothing() throws IOException, InterruptedException {
        server.upload(FILE, ARCHIVE);
        var etag = server.getSettled("/main/noarch/repodata.json").headers().firstValue("ETag");
        var again = server.upload(FILE, ARCHIVE);
        assertEquals(200, again.statusCode());
        assertEquals(
                new JsonBoolean(true), document(again).member("already_there").orElseThrow());
        assertEquals(
                etag, server.getSettled("/main/noarch/repodata.json").headers().firstValue("ETag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?force=true", "?force=1"})
    void other_bytes_under_a_published_name_are_a_conflict_always(String query)
            throws IOException, InterruptedException {
        server.upload(FILE, ARCHIVE);
        var kept = DataFiles.in(folder);
        byte[] other = PACKAGE.file("lib/other.txt", "other").conda();
        var response = server.send(authorized("/api/v1/upload/main" + query)
                .header("X-File-Name", FILE)
                .POST(BodyPublishers.ofByteArray(other)));
        assertRefused(409, "name_conflict", response);
        assertArrayEquals(ARCHIVE, server.get("/main/noarch/" + FILE).body());
        assertEquals(kept, DataFiles.in(folder));
    }

    @Test
    void a_client_that_vanishes_leaves_nothing() throws IOException, InterruptedException {
        var before = DataFiles.in(folder);
        try (var connection = server.connect()) {
            connection.send("POST /api/v1/upload/main HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + server.token()
                    + "\r\nX-File-Name: " + FILE + "\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nPK\3\4\r\n");
        }
        assertTrue(server.server().drainAndStop(Duration.ofSeconds(20)));
        assertEquals(before, DataFiles.in(folder));
    }

    private HttpRequest.Builder authorized(String path) throws IOException {
        return server.request(path).header("Authorization", "Bearer " + server.token());
    }

    private HttpResponse<byte[]> multipart(byte[] body) throws IOException, InterruptedException {
        return server.send(authorized("/api/v1/upload/main")
                .header("Content-Type", Multipart.TYPE)
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
}
