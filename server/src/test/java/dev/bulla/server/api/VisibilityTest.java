package dev.bulla.server.api;

import static dev.bulla.server.Answers.assertRefused;
import static dev.bulla.server.Answers.document;
import static dev.bulla.server.Answers.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.server.RunningServer;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels that not everybody may read. */
class VisibilityTest {
    private static final TinyPackage PACKAGE = Packages.tiny("zlib");
    private static final String ARTIFACT = "/noarch/" + PACKAGE.condaName();
    private static final String SHARD_INDEX = "/noarch/repodata_shards.msgpack.zst";

    /** One of each form below a channel that only its readers get. */
    private static final List<String> FORMS = List.of(
            "/noarch/repodata.json",
            "/noarch/repodata.json.zst",
            SHARD_INDEX,
            "/label/main/noarch/repodata.json",
            "/libmamba/noarch/repodata.json",
            "/notices.json",
            ARTIFACT);

    private static final List<String> TRUST =
            List.of("/content-trust/1.root.json", "/content-trust/key_mgr.json", "/libmamba/pkg_mgr.json");

    @TempDir
    private static Path folder;

    private static RunningServer server;
    private static String reader;
    private static String stranger;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = RunningServer.in(folder);
        create("closed", "private");
        create("secret", "hidden");
        create("other", "private");
        reader = text(document(newToken("closed")), "token");
        stranger = text(document(newToken("other")), "token");
        assertEquals(201, upload("closed").statusCode());
        assertEquals(201, upload("secret").statusCode());
        server.channels().settle();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void a_private_channel_wants_a_token_that_reads_it() throws IOException, InterruptedException {
        for (var form : FORMS) {
            var address = "/closed" + form;
            var refused = server.get(address);
            assertRefused(401, "token_missing", refused);
            assertTrue(
                    refused.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer"), address);
            assertEquals(
                    "no-store", refused.headers().firstValue("Cache-Control").orElse(""));
            assertRefused(401, "token_malformed", server.get(address, "Authorization", "Bearer nonsense"));
            assertRefused(403, "scope_denied", server.get(address, "Authorization", "Bearer " + stranger));
            assertEquals(401, server.send("HEAD", address).statusCode(), address);
        }
    }

    @Test
    void its_token_opens_every_form_in_each_place_where_clients_put_it() throws IOException, InterruptedException {
        for (var form : FORMS) {
            var address = "/closed" + form;
            var bearer = server.get(address, "Authorization", "Bearer " + reader);
            var basic = server.get(address, "Authorization", "Basic " + base64("anyone:" + reader));
            var path = server.get("/t/" + reader + address);
            assertEquals(200, bearer.statusCode(), address);
            assertArrayEquals(bearer.body(), basic.body(), address);
            assertArrayEquals(bearer.body(), path.body(), address);
            var kept = bearer.headers().firstValue("Cache-Control").orElse("");
            assertTrue(kept.startsWith("private, "), address + ": " + kept);
        }
    }

    @Test
    void nobody_but_its_reader_is_told_that_a_copy_still_holds() throws IOException, InterruptedException {
        var address = "/closed" + ARTIFACT;
        var etag = server.get(address, "Authorization", "Bearer " + reader)
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        assertEquals(401, server.get(address, "If-None-Match", etag).statusCode());
        var known = server.get(address, "If-None-Match", etag, "Authorization", "Bearer " + reader);
        assertEquals(304, known.statusCode());
        assertEquals(
                "private, max-age=31536000, immutable",
                known.headers().firstValue("Cache-Control").orElse(""));
    }

    @Test
    void the_trust_metadata_of_a_private_channel_is_for_everybody() throws IOException, InterruptedException {
        for (var file : TRUST) {
            for (var address : List.of("/closed" + file, "/t/*****/closed" + file, "/t/" + reader + "/closed" + file)) {
                var answer = server.get(address);
                assertEquals(200, answer.statusCode(), address);
                assertEquals(
                        "public, no-cache",
                        answer.headers().firstValue("Cache-Control").orElse(""));
            }
        }
    }

    @Test
    void a_hidden_channel_is_answered_as_one_that_is_not_there() throws IOException, InterruptedException {
        var all = new ArrayList<>(FORMS);
        all.addAll(TRUST);
        for (var form : all) {
            for (var credential : List.of("", "Bearer nonsense", "Bearer " + reader)) {
                var hidden = withCredential("/secret" + form, credential);
                var absent = withCredential("/absent" + form, credential);
                assertRefused(404, "channel_unknown", hidden);
                assertEquals(named(absent, "absent"), named(hidden, "secret"), form);
            }
            assertEquals(
                    200,
                    withCredential("/secret" + form, "Bearer " + server.token()).statusCode(),
                    form);
        }
        assertRefused(
                404, "channel_unknown", server.get("/api/v1/channels/secret", "Authorization", "Bearer " + reader));
    }

    @Test
    void a_list_of_channels_has_those_that_may_be_read() throws IOException, InterruptedException {
        assertEquals(List.of("main"), listed(""));
        assertEquals(List.of("closed", "main"), listed("Bearer " + reader));
        assertEquals(List.of("closed", "main", "other", "secret"), listed("Bearer " + server.token()));
    }

    @Test
    void a_token_that_reads_does_nothing_else() throws IOException, InterruptedException {
        var upload = server.request("/api/v1/upload/closed")
                .header("Authorization", "Bearer " + reader)
                .header("X-File-Name", PACKAGE.condaName())
                .POST(BodyPublishers.ofByteArray(PACKAGE.conda()));
        assertRefused(403, "scope_denied", server.send(upload));
        assertRefused(403, "scope_denied", visibility("closed", "public", reader));
        var token = server.request("/api/v1/channels/closed/tokens")
                .header("Authorization", "Bearer " + reader)
                .POST(BodyPublishers.ofString("{\"name\": \"another\"}"));
        assertRefused(403, "scope_denied", server.send(token));
    }

    @Test
    void a_revoked_token_is_refused_by_the_next_request() throws IOException, InterruptedException {
        var made = document(newToken("closed"));
        var bearer = "Bearer " + text(made, "token");
        assertEquals(200, withCredential("/closed" + ARTIFACT, bearer).statusCode());

        var id = text(made, "id");
        var admin = "Bearer " + server.token();
        assertEquals(
                200,
                server.send("DELETE", "/api/v1/tokens/" + id, "Authorization", admin)
                        .statusCode());

        assertRefused(401, "token_unknown", withCredential("/closed" + ARTIFACT, bearer));
        assertRefused(404, "not_here", server.send("DELETE", "/api/v1/tokens/" + id, "Authorization", admin));
    }

    @Test
    void a_change_of_visibility_holds_for_the_next_request_and_after_a_start()
            throws IOException, InterruptedException {
        create("changing", "public");
        assertEquals(200, server.get("/changing" + SHARD_INDEX).statusCode());

        assertEquals(200, visibility("changing", "private", server.token()).statusCode());
        assertRefused(401, "token_missing", server.get("/changing" + SHARD_INDEX));
        assertRefused(400, "bad_request", visibility("changing", "secretive", server.token()));

        assertEquals(200, visibility("changing", "public", server.token()).statusCode());
        assertEquals(200, server.get("/changing" + SHARD_INDEX).statusCode());
        assertEquals(200, visibility("changing", "hidden", server.token()).statusCode());
        server.close();
        server = RunningServer.in(folder);
        assertRefused(404, "channel_unknown", server.get("/changing" + SHARD_INDEX));
        assertRefused(401, "token_missing", server.get("/closed" + SHARD_INDEX));
        assertEquals(
                200, withCredential("/closed" + SHARD_INDEX, "Bearer " + reader).statusCode());
    }

    private static void create(String channel, String visibility) throws IOException, InterruptedException {
        var body = "{\"name\": \"" + channel + "\", \"visibility\": \"" + visibility + "\"}";
        var made = server.send(server.request("/api/v1/channels")
                .header("Authorization", "Bearer " + server.token())
                .POST(BodyPublishers.ofString(body)));
        assertEquals(201, made.statusCode());
        assertEquals(visibility, text(document(made), "visibility"));
    }

    private static HttpResponse<byte[]> visibility(String channel, String visibility, String token)
            throws IOException, InterruptedException {
        return server.send(server.request("/api/v1/channels/" + channel + "/visibility")
                .header("Authorization", "Bearer " + token)
                .PUT(BodyPublishers.ofString("{\"visibility\": \"" + visibility + "\"}")));
    }

    private static HttpResponse<byte[]> newToken(String channel) throws IOException, InterruptedException {
        var made = server.send(server.request("/api/v1/channels/" + channel + "/tokens")
                .header("Authorization", "Bearer " + server.token())
                .POST(BodyPublishers.ofString("{\"name\": \"a reader\"}")));
        assertEquals(201, made.statusCode());
        return made;
    }

    private static HttpResponse<byte[]> upload(String channel) throws IOException, InterruptedException {
        return server.send(server.request("/api/v1/upload/" + channel)
                .header("Authorization", "Bearer " + server.token())
                .header("X-File-Name", PACKAGE.condaName())
                .POST(BodyPublishers.ofByteArray(PACKAGE.conda())));
    }

    private static HttpResponse<byte[]> withCredential(String address, String credential)
            throws IOException, InterruptedException {
        return credential.isEmpty() ? server.get(address) : server.get(address, "Authorization", credential);
    }

    private static List<String> listed(String credential) throws IOException, InterruptedException {
        var list = RunningServer.text(withCredential("/api/v1/channels", credential));
        assertFalse(list.contains(reader));
        return List.of("closed", "main", "other", "secret").stream()
                .filter(name -> list.contains("\"name\":\"" + name + "\""))
                .toList();
    }

    /** The answer without what differs between two channels and two requests. */
    private static String named(HttpResponse<byte[]> response, String channel) {
        return RunningServer.text(response).replace(channel, "CHANNEL").replaceAll("\"request_id\":\"[^\"]*\"", "");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
    }
}
