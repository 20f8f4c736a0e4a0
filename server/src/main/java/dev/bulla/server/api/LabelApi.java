package dev.bulla.server.api;

import dev.bulla.channel.Channels;
import dev.bulla.channel.LabelResult;
import dev.bulla.channel.token.Tokens;
import dev.bulla.conda.name.Label;
import dev.bulla.server.exchange.Answer;
import dev.bulla.server.exchange.Directory;
import dev.bulla.server.exchange.Exchange;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonObject;
import java.io.IOException;

/**
 * {@code POST /api/v1/channels/{channel}/label} and {@code …/unlabel} with {@code {"subdir": "…", "file_name": "…",
 * "label": "…"}}: shows an artifact that is there under a label, and under it no longer.
 */
public final class LabelApi {
    private final Directory channels;
    private final Tokens tokens;

    /** The API of these channels. */
    public LabelApi(Channels channels) {
        this.channels = new Directory(channels);
        this.tokens = channels.tokens();
    }

    /** Gives the label. */
    public Answer label(Exchange exchange) throws IOException {
        var token = tokens.authenticate(exchange.secret());
        var channel = channels.named(exchange);
        var body = JsonBody.read(exchange);
        return answer(channel.label(body.subdir(), body.artifact(), label(body), token));
    }

    /** Takes it away. */
    public Answer unlabel(Exchange exchange) throws IOException {
        var token = tokens.authenticate(exchange.secret());
        var channel = channels.named(exchange);
        var body = JsonBody.read(exchange);
        return answer(channel.unlabel(body.subdir(), body.artifact(), label(body), token));
    }

    private static Label label(JsonBody body) {
        return Label.parse(body.required("label"));
    }

    private static Answer answer(LabelResult result) {
        var labels = result.labels().stream().map(Label::text).toList();
        return Answer.json(
                200,
                JsonObject.builder()
                        .put("subdir", result.subdir().text())
                        .put("file_name", result.name().fileName())
                        .put("labels", JsonArray.ofStrings(labels))
                        .put("changed", new JsonBoolean(result.changed()))
                        .put("generation", result.generation())
                        .build());
    }
}
