package dev.bulla.server.api;

import static dev.bulla.server.Answers.assertRefused;
import static dev.bulla.server.Answers.document;
import static dev.bulla.server.Answers.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bulla.server.RunningServer;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import dev.bulla.trust.json.JsonBoolean;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The places where clients put a token. */
class CredentialsTest {
    private static final TinyPackage PACKAGE = Packages.tiny("zlib");
    private static final String FILE = PACKAGE.condaName();
    private static final byte[] ARCHIVE = PACKAGE.conda();

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
    void a_token_in_the_place_of_a_channel_is_not_repeated() throws IOException, InterruptedException {
        var refused = server.get("/" + server.token() + "/main/noarch");
        assertEquals(404, refused.statusCode());
        assertFalse(RunningServer.text(refused).contains(server.token()));
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
}
