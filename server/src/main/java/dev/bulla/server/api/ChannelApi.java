package dev.bulla.server.api;

import dev.bulla.channel.Channel;
import dev.bulla.channel.Channels;
import dev.bulla.channel.catalog.Visibility;
import dev.bulla.channel.token.Tokens;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.server.exchange.Answer;
import dev.bulla.server.exchange.Directory;
import dev.bulla.server.exchange.Exchange;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.io.IOException;
import java.util.List;

/** {@code /api/v1/channels}: which channels there are, how to pin their roots, making one, renewing a root. */
public final class ChannelApi {
    private static final int MAX_BODY_BYTES = 1 << 20;

    private final Channels channels;
    private final Directory directory;
    private final Tokens tokens;

    /** The API of these channels. */
    public ChannelApi(Channels channels) {
        this.channels = channels;
        this.directory = new Directory(channels);
        this.tokens = channels.tokens();
    }

    /** {@code GET /api/v1/channels}: those that whoever asks may read. */
    public Answer list(Exchange exchange) {
        var all = channels.list().stream()
                .filter(channel -> directory.mayRead(exchange, channel))
                .map(channel -> (Json) document(exchange, channel))
                .toList();
        return Answer.json(200, JsonObject.of("channels", new JsonArray(all)));
    }

    /** {@code GET /api/v1/channels/{channel}}. */
    public Answer show(Exchange exchange) {
        return Answer.json(200, document(exchange, directory.named(exchange)));
    }

    /** {@code POST /api/v1/channels} with {@code {"name": "…", "visibility": "public"}}; the second may be left out. */
    public Answer create(Exchange exchange) throws IOException {
        var token = tokens.authenticate(exchange.secret());
        var body = JsonBody.read(exchange);
        var name = ChannelName.parse(body.required("name"));
        var visibility = body.optional("visibility").map(Visibility::parse).orElse(Visibility.PUBLIC);
        var channel = channels.create(name, visibility, token);
        var keyFile = new JsonString(channel.rootKeyFileName());
        return Answer.json(201, document(exchange, channel).with("root_key_file", keyFile));
    }

    /** {@code PUT /api/v1/channels/{channel}/visibility} with {@code {"visibility": "private"}}. */
    public Answer setVisibility(Exchange exchange) throws IOException {
        var token = tokens.authenticate(exchange.secret());
        var channel = directory.named(exchange);
        channel.setVisibility(Visibility.parse(JsonBody.read(exchange).required("visibility")), token);
        return Answer.json(200, document(exchange, channel));
    }

    /** {@code PUT /api/v1/channels/{channel}/root} with the next root file, signed away from the server. */
    public Answer importRoot(Exchange exchange) throws IOException {
        var token = tokens.authenticate(exchange.secret());
        var channel = directory.named(exchange);
        var root = exchange.body().limitedTo(MAX_BODY_BYTES).allBytes();
        return Answer.json(
                200,
                JsonObject.builder()
                        .put("channel", channel.name().text())
                        .put("version", channel.importRoot(root, token))
                        .build());
    }

    private static JsonObject document(Exchange exchange, Channel channel) {
        var name = channel.name().text();
        var subdirs = channel.subdirs().stream().map(Object::toString).toList();
        return JsonObject.builder()
                .put("name", name)
                .put("visibility", channel.visibility().text())
                .put("url", exchange.url(List.of(name)))
                .put("libmamba_url", exchange.url(List.of(name, "libmamba")))
                .put("signing_metadata_url_base", exchange.url(List.of(name, "content-trust")))
                .put("root_sha256", channel.firstRootSha256().hex())
                .put("subdirs", JsonArray.ofStrings(subdirs))
                .build();
    }
}
