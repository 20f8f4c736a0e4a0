package dev.bulla.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.server.RunningServer;
import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelApiTest {
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
    void the_channel_main_is_there_from_the_start_with_the_digest_of_its_first_root()
            throws IOException, InterruptedException {
        var root = server.get("/main/content-trust/1.root.json").body();
        var channel = RunningServer.text(server.get("/api/v1/channels/main"));
        assertTrue(channel.contains("\"root_sha256\":\"" + Packages.sha256(root) + "\""), channel);
        assertTrue(channel.contains("/main/libmamba\""), channel);
        assertTrue(channel.contains("/main/content-trust\""), channel);
        assertEquals("{\"channels\":[" + channel + "]}", RunningServer.text(server.get("/api/v1/channels")));
    }

    @Test
    void a_channel_is_made_and_serves_at_once() throws IOException, InterruptedException {
        assertEquals(404, server.get("/lab/noarch/repodata.json").statusCode());
        assertEquals(201, create("lab").statusCode());
        assertEquals(200, server.get("/lab/noarch/repodata.json").statusCode());
        assertEquals(200, server.get("/lab/content-trust/1.root.json").statusCode());
        assertEquals(409, create("lab").statusCode());
    }

    @Test
    void a_name_that_no_channel_may_have_is_refused() throws IOException, InterruptedException {
        for (var name : new String[] {"api", "Lab", "", "noarch", "a/b", "../x"}) {
            var response = create(name);
            assertEquals(422, response.statusCode(), name);
            assertTrue(RunningServer.text(response).contains("\"code\":\"name_invalid\""));
        }
    }

    @Test
    void making_a_channel_and_importing_a_root_need_a_token() throws IOException, InterruptedException {
        var body = BodyPublishers.ofString("{\"name\":\"lab\"}");
        assertEquals(
                401, server.send(server.request("/api/v1/channels").POST(body)).statusCode());
        assertEquals(
                401,
                server.send(server.request("/api/v1/channels/main/root").PUT(body))
                        .statusCode());
    }

    @Test
    void a_root_that_does_not_follow_is_refused() throws IOException, InterruptedException {
        byte[] first = server.get("/main/content-trust/1.root.json").body();
        for (var bytes : new byte[][] {first, new byte[0], "{}".getBytes(StandardCharsets.UTF_8)}) {
            var response = server.send(server.request("/api/v1/channels/main/root")
                    .header("Authorization", "Bearer " + server.token())
                    .PUT(BodyPublishers.ofByteArray(bytes)));
            assertEquals(422, response.statusCode(), RunningServer.text(response));
        }
        assertEquals(404, server.get("/main/content-trust/2.root.json").statusCode());
    }

    @Test
    void health_and_readiness_are_for_everybody_and_warnings_are_not() throws IOException, InterruptedException {
        assertEquals("{\"healthy\":true}", RunningServer.text(server.get("/healthz")));
        assertEquals(
                "{\"ready\":true,\"takes_uploads\":true,\"reasons\":[]}", RunningServer.text(server.get("/readyz")));
        assertEquals(401, server.get("/api/v1/status").statusCode());
        var status = server.get("/api/v1/status", "Authorization", "Bearer " + server.token());
        assertEquals(200, status.statusCode());
        assertTrue(RunningServer.text(status).contains("root-key-take-offline"), RunningServer.text(status));
        assertFalse(RunningServer.text(status).contains(folder.toString()));
    }

    private HttpResponse<byte[]> create(String name) throws IOException, InterruptedException {
        return server.send(server.request("/api/v1/channels")
                .header("Authorization", "Bearer " + server.token())
                .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}")));
    }
}
