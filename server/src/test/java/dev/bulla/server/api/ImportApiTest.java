package dev.bulla.server.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.conda.archive.PackageStreamHeader;
import dev.bulla.server.RunningServer;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportApiTest {
    private static final TinyPackage ZLIB = Packages.tiny("zlib");
    private static final TinyPackage LONG = Packages.tiny("long").version("1." + "2".repeat(18) + ".3".repeat(20));

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
    void the_files_of_a_tar_stream_are_served_when_it_answers() throws IOException, InterruptedException {
        var answer = post("import", tar(ZLIB, LONG));

        assertEquals(200, answer.statusCode(), RunningServer.text(answer));
        var text = RunningServer.text(answer);
        assertTrue(text.contains("\"imported\":2,\"already_there\":0,\"refused\":[]"), text);
        assertTrue(text.contains("\"payload_unchecked\":2"), text);
        assertArrayEquals(
                ZLIB.conda(), server.get("/main/noarch/" + ZLIB.condaName()).body());
        assertArrayEquals(
                LONG.conda(), server.get("/main/noarch/" + LONG.condaName()).body());
        var repodata = RunningServer.text(server.getSettled("/main/noarch/repodata.json"));
        assertTrue(repodata.contains(LONG.condaName()), repodata);
    }

    @Test
    void a_file_that_is_refused_is_named_with_all_reasons() throws IOException, InterruptedException {
        var text = RunningServer.text(
                post("import?label=dev", tar(Packages.tiny("bad").withoutInfo("info/index.json"))));

        assertTrue(text.contains("\"label\":\"dev\",\"imported\":0"), text);
        assertTrue(
                text.contains("\"path\":\"noarch/bad-1.0-0.conda\",\"problems\":[{\"code\":\"metadata_missing\""),
                text);
    }

    @Test
    void an_artifact_says_how_far_it_is_checked() throws IOException, InterruptedException {
        post("import?label=dev", tar(ZLIB));
        var text = RunningServer.text(get("artifacts/noarch/" + ZLIB.condaName()));
        assertTrue(text.contains("\"labels\":[\"dev\"],\"yanked\":false,\"payload\":\"payload_unchecked\""), text);
        assertTrue(RunningServer.text(get("payloads")).contains("\"payload_unchecked\":1,\"no_paths\":0,\"failed\":0"));
        assertEquals(404, get("artifacts/noarch/none-1.0-0.conda").statusCode());
        assertEquals(401, server.get("/api/v1/channels/main/payloads").statusCode());
    }

    @Test
    void names_that_are_taken_are_told() throws IOException, InterruptedException {
        post("import", tar(ZLIB));
        var asked = "{\"files\":[\"noarch/" + ZLIB.condaName() + "\",\"noarch/other-1.0-0.conda\"]}";
        var text = RunningServer.text(post("import/known", asked.getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "{\"known\":[{\"path\":\"noarch/" + ZLIB.condaName() + "\",\"sha256\":\""
                        + Packages.sha256(ZLIB.conda()) + "\",\"yanked\":false,\"labelled\":true}]}",
                text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"files\":[1]}", "{\"files\":[\"noarch\"]}", "{\"files\":7}"})
    void a_question_that_is_none_is_refused(String body) throws IOException, InterruptedException {
        assertEquals(
                400, post("import/known", body.getBytes(StandardCharsets.UTF_8)).statusCode());
    }

    @Test
    void a_body_that_is_no_tar_stream_is_refused() throws IOException, InterruptedException {
        assertEquals(
                422,
                post("import", "no tar at all".getBytes(StandardCharsets.UTF_8)).statusCode());
        var cut = tar(ZLIB);
        assertEquals(422, post("import", java.util.Arrays.copyOf(cut, 700)).statusCode());
        assertEquals(404, server.get("/main/noarch/" + ZLIB.condaName()).statusCode());
    }

    @Test
    void it_needs_a_token() throws IOException, InterruptedException {
        var asked = server.request("/api/v1/channels/main/import").POST(BodyPublishers.ofByteArray(tar(ZLIB)));
        assertEquals(401, server.send(asked).statusCode());
    }

    private HttpResponse<byte[]> post(String what, byte[] body) throws IOException, InterruptedException {
        return server.send(server.request("/api/v1/channels/main/" + what)
                .POST(BodyPublishers.ofByteArray(body))
                .header("Authorization", "Bearer " + server.token()));
    }

    private HttpResponse<byte[]> get(String what) throws IOException, InterruptedException {
        return server.get("/api/v1/channels/main/" + what, "Authorization", "Bearer " + server.token());
    }

    private static byte[] tar(TinyPackage... packages) {
        var out = new ByteArrayOutputStream();
        for (var tiny : packages) {
            var bytes = tiny.conda();
            out.writeBytes(PackageStreamHeader.before("noarch/" + tiny.condaName(), bytes.length));
            out.writeBytes(bytes);
            out.writeBytes(PackageStreamHeader.behind(bytes.length));
        }
        out.writeBytes(PackageStreamHeader.end());
        return out.toByteArray();
    }
}
