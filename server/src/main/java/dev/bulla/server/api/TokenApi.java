package dev.bulla.server.api;

import dev.bulla.channel.Channels;
import dev.bulla.channel.token.Tokens;
import dev.bulla.server.exchange.Answer;
import dev.bulla.server.exchange.Directory;
import dev.bulla.server.exchange.Exchange;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonObject;
import java.io.IOException;

/**
 * Tokens with which one channel may be read: {@code POST /api/v1/channels/{channel}/tokens} with {@code {"name": "…"}}
 * makes one, its secret is in this answer and nowhere else; {@code DELETE /api/v1/tokens/{id}} ends it.
 */
public final class TokenApi {
    private final Directory channels;
    private final Tokens tokens;

    /** The API of these channels. */
    public TokenApi(Channels channels) {
        this.channels = new Directory(channels);
        this.tokens = channels.tokens();
    }

    /** Makes one. */
    public Answer create(Exchange exchange) throws IOException {
        var by = tokens.authenticate(exchange.secret());
        var channel = channels.named(exchange);
        var made = tokens.createReader(channel.name(), JsonBody.read(exchange).required("name"), by);
        return Answer.json(
                201,
                JsonObject.builder()
                        .put("id", made.token().id())
                        .put("name", made.token().name())
                        .put("token", made.secret())
                        .put("reads", channel.name().text())
                        .put("created_at", made.token().createdAt().toString())
                        .build());
    }

    /** Ends one. */
    public Answer revoke(Exchange exchange) {
        var id = exchange.parameter("id");
        tokens.revoke(id, tokens.authenticate(exchange.secret()));
        return Answer.json(
                200,
                JsonObject.builder()
                        .put("id", id)
                        .put("revoked", new JsonBoolean(true))
                        .build());
    }
}
