package dev.bulla.server.api;

import dev.bulla.channel.Channels;
import dev.bulla.channel.YankResult;
import dev.bulla.channel.token.Tokens;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.server.exchange.Answer;
import dev.bulla.server.exchange.Directory;
import dev.bulla.server.exchange.Exchange;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonException;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.io.IOException;

/**
 * {@code POST /api/v1/channels/{channel}/yank} with {@code {"subdir": "…", "file_name": "…", "reason": "…"}}, and {@code
 * …/restore} with the first two: takes an artifact out of the indexes, and puts it back.
 */
public final class YankApi {
    private static final int MAX_BODY_BYTES = 1 << 16;

    private final Directory channels;
    private final Tokens tokens;

    /** The API of these channels. */
    public YankApi(Channels channels) {
        this.channels = new Directory(channels);
        this.tokens = channels.tokens();
    }

    /** Takes one out. */
    public Answer yank(Exchange exchange) throws IOException {
        var token = tokens.authenticate(exchange.secret());
        var channel = channels.named(exchange.parameter("channel"));
        var body = body(exchange);
        var name = ArchiveName.parse(required(body, "file_name"));
        return answer(channel.yank(subdir(body), name, required(body, "reason"), token));
    }

    /** Puts one back. */
    public Answer restore(Exchange exchange) throws IOException {
        var token = tokens.authenticate(exchange.secret());
        var channel = channels.named(exchange.parameter("channel"));
        var body = body(exchange);
        return answer(channel.restore(subdir(body), ArchiveName.parse(required(body, "file_name")), token));
    }

    private static Answer answer(YankResult result) {
        return Answer.json(
                200,
                JsonObject.builder()
                        .put("subdir", result.subdir().text())
                        .put("file_name", result.name().fileName())
                        .put("yanked", new JsonBoolean(result.yanked()))
                        .put("changed", new JsonBoolean(result.changed()))
                        .put("generation", result.generation())
                        .build());
    }

    private static JsonObject body(Exchange exchange) throws IOException {
        var bytes = exchange.body().limitedTo(MAX_BODY_BYTES).allBytes();
        try {
            if (Json.parse(bytes, JsonLimits.METADATA) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonException e) {
            throw new ProblemException(Code.BAD_REQUEST, "The body is not JSON: " + e.getMessage() + ".", e);
        }
        throw new ProblemException(Code.BAD_REQUEST, "The body must be an object.");
    }

    private static Subdir subdir(JsonObject body) {
        return Subdir.parse(required(body, "subdir"));
    }

    private static String required(JsonObject body, String member) {
        if (body.member(member).orElse(null) instanceof JsonString string) {
            return string.value();
        }
        throw new ProblemException(Code.BAD_REQUEST, "The body must have the string \"" + member + "\".");
    }
}
