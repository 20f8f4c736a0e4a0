package dev.bulla.server.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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

class YankApiTest {
    private static final byte[] ARCHIVE = Packages.tiny("zlib").conda();
    private static final String FILE = Packages.tiny("zlib").condaName();
    private static final String ASKED = "{\"subdir\":\"noarch\",\"file_name\":\"" + FILE + "\",\"reason\":\"broken\"}";

    @TempDir
    private Path folder;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = RunningServer.in(folder);
        assertEquals(201, server.upload(FILE, ARCHIVE).statusCode());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void a_yank_takes_it_out_of_the_index_and_a_restoration_puts_it_back() throws IOException, InterruptedException {
        var yanked = post("yank", ASKED);
        assertEquals(200, yanked.statusCode(), RunningServer.text(yanked));
        assertTrue(RunningServer.text(yanked).contains("\"yanked\":true,\"changed\":true"));
        assertTrue(repodata().contains("\"removed\":[\"" + FILE + "\"]"), repodata());
        assertArrayEquals(ARCHIVE, server.get("/main/noarch/" + FILE).body());

        var restored = post("restore", ASKED);
        assertEquals(200, restored.statusCode(), RunningServer.text(restored));
        assertTrue(repodata().contains("\"" + FILE + "\":{"));
    }

    @Test
    void a_label_is_given_and_taken_away() throws IOException, InterruptedException {
        var asked = "{\"subdir\":\"noarch\",\"file_name\":\"" + FILE + "\",\"label\":\"dev\"}";
        var labelled = post("label", asked);
        assertEquals(200, labelled.statusCode(), RunningServer.text(labelled));
        assertTrue(
                RunningServer.text(labelled).contains("\"labels\":[\"dev\",\"main\"],\"changed\":true"),
                RunningServer.text(labelled));
        assertEquals(200, server.get("/main/label/dev/noarch/repodata.json").statusCode());

        var unlabelled = post("unlabel", asked);
        assertTrue(
                RunningServer.text(unlabelled).contains("\"labels\":[\"main\"],\"changed\":true"),
                RunningServer.text(unlabelled));
        assertEquals(422, post("label", asked.replace("dev", "no label")).statusCode());
    }

    @Test
    void an_upload_names_the_label_that_shows_it() throws IOException, InterruptedException {
        var other = Packages.tiny("bzip2");
        var upload = server.send(server.request("/api/v1/upload/main?label=dev")
                .POST(BodyPublishers.ofByteArray(other.conda()))
                .header("Authorization", "Bearer " + server.token())
                .header("X-File-Name", other.condaName()));
        assertEquals(201, upload.statusCode());
        var dev = RunningServer.text(server.getSettled("/main/label/dev/noarch/repodata.json"));
        assertTrue(dev.contains(other.condaName()));
        assertFalse(repodata().contains(other.condaName()));
        assertArrayEquals(
                other.conda(),
                server.get("/main/label/dev/noarch/" + other.condaName()).body());
        assertEquals(200, server.get("/main/libmamba/label/dev/key_mgr.json").statusCode());
        assertEquals(200, server.get("/main/label/dev/linux-64/repodata.json").statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "400;[]",
                "400;{\"subdir\":\"noarch\",\"reason\":\"x\"}",
                "400;{\"subdir\":\"noarch\",\"file_name\":\"zlib-1.0-0.conda\"}",
                "400;{\"subdir\":\"noarch\",\"file_name\":\"zlib-1.0-0.conda\",\"reason\":\"\"}",
                "404;{\"subdir\":\"linux-64\",\"file_name\":\"zlib-1.0-0.conda\",\"reason\":\"x\"}"
            })
    void what_cannot_be_done_is_refused(int status, String body) throws IOException, InterruptedException {
        assertEquals(status, post("yank", body).statusCode());
        assertTrue(repodata().contains("\"" + FILE + "\":{"));
    }

    @Test
    void a_yank_needs_a_token() throws IOException, InterruptedException {
        var response = server.send(server.request("/api/v1/channels/main/yank").POST(BodyPublishers.ofString(ASKED)));
        assertEquals(401, response.statusCode());
    }

    private HttpResponse<byte[]> post(String what, String body) throws IOException, InterruptedException {
        return server.send(server.request("/api/v1/channels/main/" + what)
                .POST(BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + server.token()));
    }

    private String repodata() throws IOException, InterruptedException {
        return RunningServer.text(server.getSettled("/main/noarch/repodata.json"));
    }
}
