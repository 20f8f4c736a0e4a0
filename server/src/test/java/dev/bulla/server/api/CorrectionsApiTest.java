package dev.bulla.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.server.RunningServer;
import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patches, notices and statistics over HTTP. */
class CorrectionsApiTest {
    private static final String PATCHES = "/api/v1/channels/main/patches/noarch";
    private static final String NOTICE = "/api/v1/channels/main/notices/one";
    private static final String SAID =
            "{\"level\":\"warning\",\"message\":\"zlib moves\",\"expires_at\":\"2999-01-01T00:00:00Z\"}";

    @TempDir
    private Path folder;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = RunningServer.in(folder);
        var zlib = Packages.tiny("zlib");
        assertEquals(201, server.upload(zlib.condaName(), zlib.conda()).statusCode());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void patch_instructions_change_what_is_shown_and_a_dry_run_does_not() throws IOException, InterruptedException {
        var document = "{\"packages.conda\":{\"zlib-1.0-0.conda\":{\"license\":\"Zlib\"}}}";
        var looked = call("PUT", PATCHES + "?dry_run=true", document);
        assertTrue(RunningServer.text(looked).contains("\"changed\":1,\"removed\":0,\"returned\":0,\"done\":false"));
        assertFalse(repodata().contains("\"license\":\"Zlib\""));

        var done = call("PUT", PATCHES, document);
        assertEquals(200, done.statusCode(), RunningServer.text(done));
        assertTrue(RunningServer.text(done).contains("\"changed\":1,\"removed\":0,\"returned\":0,\"done\":true"));
        assertTrue(repodata().contains("\"license\":\"Zlib\""), repodata());
    }

    @ParameterizedTest
    @CsvSource({"[], 422", "'{\"patch_instructions_version\":2}', 422", "no json, 422"})
    void what_are_no_patch_instructions_is_refused(String body, int status) throws IOException, InterruptedException {
        assertEquals(status, call("PUT", PATCHES, body).statusCode());
    }

    @Test
    void a_notice_is_read_by_everybody_until_it_is_removed() throws IOException, InterruptedException {
        assertEquals("{\"notices\":[]}", RunningServer.text(server.get("/main/notices.json")));
        assertEquals(200, call("PUT", NOTICE, SAID).statusCode());
        for (var address : new String[] {"/main/notices.json", "/main/libmamba/notices.json"}) {
            var read = server.get(address);
            assertEquals(200, read.statusCode());
            assertTrue(RunningServer.text(read).contains("\"message\":\"zlib moves\",\"level\":\"warning\""));
            assertTrue(RunningServer.text(read).contains("\"expires_at\":\"2999-01-01T00:00:00+00:00\""));
        }
        assertEquals(404, server.get("/main/label/none/notices.json").statusCode());
        assertEquals(200, call("DELETE", NOTICE, "").statusCode());
        assertEquals("{\"notices\":[]}", RunningServer.text(server.get("/main/notices.json")));
        assertEquals(404, call("DELETE", NOTICE, "").statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "loud, x, 2999-01-01T00:00:00Z",
        "info, '', 2999-01-01T00:00:00Z",
        "info, x, 1999-01-01T00:00:00Z",
        "info, x, tomorrow"
    })
    void a_notice_that_says_nothing_to_anybody_is_refused(String level, String message, String expires)
            throws IOException, InterruptedException {
        var body = "{\"level\":\"%s\",\"message\":\"%s\",\"expires_at\":\"%s\"}".formatted(level, message, expires);
        assertEquals(400, call("PUT", NOTICE, body).statusCode());
    }

    @Test
    void summaries_are_served_with_their_validators() throws IOException, InterruptedException {
        for (var file : new String[] {"channeldata.json", "rss.xml"}) {
            for (var place : new String[] {"/main/", "/main/label/main/", "/main/libmamba/"}) {
                var read = server.get(place + file);
                assertEquals(200, read.statusCode(), place + file);
                assertTrue(RunningServer.text(read).contains("noarch/zlib-1.0-0.conda"), place + file);
                var etag = read.headers().firstValue("ETag").orElseThrow();
                var again = server.send(server.request(place + file).header("If-None-Match", etag));
                assertEquals(304, again.statusCode());
            }
        }
        assertEquals(404, server.get("/main/label/none/channeldata.json").statusCode());
    }

    @Test
    void statistics_count_by_subdir_and_label() throws IOException, InterruptedException {
        var answer = RunningServer.text(call("GET", "/api/v1/channels/main/stats", ""));
        assertTrue(answer.contains("\"subdir\":\"noarch\",\"artifacts\":1,"), answer);
        assertTrue(answer.contains("\"label\":\"main\",\"subdir\":\"noarch\",\"listed\":1,"), answer);
        assertTrue(answer.contains("\"waiting\":["), answer);
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/v1/channels/main/stats", "PUT, " + PATCHES, "PUT, " + NOTICE, "DELETE, " + NOTICE})
    void nothing_of_it_goes_without_a_token(String method, String path) throws IOException, InterruptedException {
        var request = server.request(path).method(method, BodyPublishers.ofString(SAID));
        assertEquals(401, server.send(request).statusCode());
    }

    private HttpResponse<byte[]> call(String method, String path, String body)
            throws IOException, InterruptedException {
        return server.send(server.request(path)
                .method(method, BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + server.token()));
    }

    private String repodata() throws IOException, InterruptedException {
        server.channels().settle();
        return RunningServer.text(server.get("/main/noarch/repodata.json"));
    }
}
