package dev.bulla.server.api;

import dev.bulla.channel.Channels;
import dev.bulla.channel.YankResult;
import dev.bulla.channel.token.Tokens;
import dev.bulla.server.exchange.Answer;
import dev.bulla.server.exchange.Directory;
import dev.bulla.server.exchange.Exchange;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonObject;
import java.io.IOException;

/**
 * {@code POST /api/v1/channels/{channel}/yank} with {@code {"subdir": "…", "file_name": "…", "reason": "…"}}, and {@code
 * …/restore} with the first two: takes an artifact out of the indexes, and puts it back.
 */
public final class YankApi {
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
        var channel = channels.named(exchange);
        var body = JsonBody.read(exchange);
        return answer(channel.yank(body.subdir(), body.artifact(), body.required("reason"), token));
    }

    /** Puts one back. */
    public Answer restore(Exchange exchange) throws IOException {
        var token = tokens.authenticate(exchange.secret());
        var channel = channels.named(exchange);
        var body = JsonBody.read(exchange);
        return answer(channel.restore(body.subdir(), body.artifact(), token));
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
}
