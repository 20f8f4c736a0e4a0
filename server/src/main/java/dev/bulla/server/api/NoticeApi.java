package dev.bulla.server.api;

import dev.bulla.channel.Channels;
import dev.bulla.channel.catalog.Notice;
import dev.bulla.channel.token.Tokens;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.server.exchange.Answer;
import dev.bulla.server.exchange.Directory;
import dev.bulla.server.exchange.Exchange;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * {@code PUT /api/v1/channels/{channel}/notices/{id}} with {@code {"level": "info", "message": "…", "expires_at": "…"}}:
 * says something to everybody who uses the channel; {@code DELETE} says it no longer. Clients read {@code
 * /{channel}/notices.json}.
 */
public final class NoticeApi {
    private final Directory channels;
    private final Tokens tokens;
    private final Clock clock;

    /** The API of these channels. */
    public NoticeApi(Channels channels, Clock clock) {
        this.channels = new Directory(channels);
        this.tokens = channels.tokens();
        this.clock = clock;
    }

    /** Says it. */
    public Answer put(Exchange exchange) throws IOException {
        var token = tokens.authenticate(exchange.secret());
        var channel = channels.named(exchange);
        var body = JsonBody.read(exchange);
        var notice = new Notice(
                exchange.parameter("id"),
                Notice.Level.parse(body.required("level")),
                body.required("message"),
                clock.instant(),
                instant(body.required("expires_at")));
        channel.setNotice(notice, token);
        return Answer.json(
                200,
                JsonObject.builder()
                        .put("id", notice.id())
                        .put("level", notice.level().text())
                        .put("message", notice.message())
                        .put("created_at", notice.createdAt().toString())
                        .put("expires_at", notice.expiresAt().toString())
                        .build());
    }

    /** Says it no longer. */
    public Answer delete(Exchange exchange) {
        var token = tokens.authenticate(exchange.secret());
        var channel = channels.named(exchange);
        channel.removeNotice(exchange.parameter("id"), token);
        return Answer.json(
                200,
                JsonObject.builder()
                        .put("id", exchange.parameter("id"))
                        .put("removed", new JsonBoolean(true))
                        .build());
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ProblemException(
                    Code.BAD_REQUEST, "The member \"expires_at\" must be a time such as 2026-12-24T18:00:00Z.", e);
        }
    }
}
