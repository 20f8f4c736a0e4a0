package dev.bulla.server.api;

import dev.bulla.channel.Channels;
import dev.bulla.channel.Warning;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.server.exchange.Answer;
import dev.bulla.server.exchange.Exchange;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** How the server is, who is asking, and what the API looks like. */
public final class StatusApi {
    private static final String DESCRIPTION = "openapi.json";

    private final Channels channels;
    private final UploadGate gate;
    private final String version;

    /** The status of a server of this version. */
    public StatusApi(Channels channels, UploadGate gate, String version) {
        this.channels = channels;
        this.gate = gate;
        this.version = version;
    }

    /** {@code GET /healthz}: 200 while the process serves the channel {@code main}. */
    public Answer health(Exchange exchange) {
        boolean served = channels.channel(ChannelName.MAIN).isPresent();
        return Answer.json(served ? 200 : 503, JsonObject.of("healthy", new JsonBoolean(served)));
    }

    /** {@code GET /readyz}: 503 with reasons when no new work should be sent here; a full disk still reads. */
    public Answer readiness(Exchange exchange) throws IOException {
        var reasons = new ArrayList<String>();
        if (!gate.isOpen()) {
            reasons.add("the server is stopping");
        }
        if (channels.channel(ChannelName.MAIN).isEmpty()) {
            reasons.add("the channel main is not served");
        }
        boolean ready = reasons.isEmpty();
        boolean takesUploads = takesUploads();
        if (ready && !takesUploads) {
            reasons.add("uploads are not taken: the disk reserve is touched; reading goes on");
        }
        var document = JsonObject.builder()
                .put("ready", new JsonBoolean(ready))
                .put("takes_uploads", new JsonBoolean(takesUploads))
                .put("reasons", JsonArray.ofStrings(reasons))
                .build();
        return Answer.json(ready ? 200 : 503, document);
    }

    /** {@code GET /api/v1/status}: for a token of this server, since warnings are not for everybody. */
    public Answer status(Exchange exchange) throws IOException {
        channels.tokens().authenticate(exchange.secret());
        var warnings =
                channels.health().warnings().stream().map(StatusApi::document).toList();
        return Answer.json(
                200,
                JsonObject.builder()
                        .put("version", version)
                        .put("takes_uploads", new JsonBoolean(takesUploads()))
                        .put("channels", channels.list().size())
                        .put("warnings", new JsonArray(warnings))
                        .build());
    }

    /** {@code GET /api/v1/whoami}: what the token is, without showing it. */
    public Answer whoami(Exchange exchange) {
        var token = channels.tokens().authenticate(exchange.secret());
        return Answer.json(
                200,
                JsonObject.builder()
                        .put("id", token.id())
                        .put("name", token.name())
                        .put("admin", new JsonBoolean(token.admin()))
                        .put("created_at", token.createdAt().toString())
                        .build());
    }

    /** {@code GET /api/v1/openapi.json}. */
    public Answer description(Exchange exchange) throws IOException {
        try (var resource = StatusApi.class.getResourceAsStream(DESCRIPTION)) {
            if (resource == null) {
                throw new IllegalStateException("the program has no " + DESCRIPTION);
            }
            var headers = HttpFields.build()
                    .add(HttpHeader.CONTENT_TYPE, "application/json")
                    .add(HttpHeader.CACHE_CONTROL, "public, max-age=300");
            return Answer.of(200, headers, new Answer.InMemory(ByteBuffer.wrap(resource.readAllBytes())));
        }
    }

    private boolean takesUploads() throws IOException {
        return gate.isOpen() && channels.health().takesUploads();
    }

    private static Json document(Warning warning) {
        return JsonObject.builder()
                .put("about", warning.about())
                .put("text", warning.text())
                .build();
    }
}
