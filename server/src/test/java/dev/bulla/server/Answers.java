package dev.bulla.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.net.http.HttpResponse;

/** What an answer says. */
public final class Answers {
    private Answers() {}

    /** The answer's JSON object. */
    public static JsonObject document(HttpResponse<byte[]> response) {
        return (JsonObject) Json.parse(response.body(), JsonLimits.METADATA);
    }

    /** A member that is a string. */
    public static String text(JsonObject object, String member) {
        return ((JsonString) object.member(member).orElseThrow()).value();
    }

    /** Checks that it is a refusal with this status and code. */
    public static void assertRefused(int status, String code, HttpResponse<byte[]> response) {
        assertEquals(status, response.statusCode(), RunningServer.text(response));
        assertEquals(code, text(document(response), "code"), RunningServer.text(response));
    }
}
