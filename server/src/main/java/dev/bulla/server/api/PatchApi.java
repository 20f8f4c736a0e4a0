package dev.bulla.server.api;

import dev.bulla.channel.Channels;
import dev.bulla.channel.patch.PatchResult;
import dev.bulla.channel.token.Tokens;
import dev.bulla.conda.name.Subdir;
import dev.bulla.server.exchange.Answer;
import dev.bulla.server.exchange.Directory;
import dev.bulla.server.exchange.Exchange;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonObject;
import java.io.IOException;

/**
 * {@code PUT /api/v1/channels/{channel}/patches/{subdir}} with {@code patch_instructions.json}: sets the patch
 * instructions of a subdir, or with {@code ?dry_run=true} only says what they would change.
 */
public final class PatchApi {
    private static final int MAX_BODY_BYTES = 64 << 20;

    private final Directory channels;
    private final Tokens tokens;

    /** The API of these channels. */
    public PatchApi(Channels channels) {
        this.channels = new Directory(channels);
        this.tokens = channels.tokens();
    }

    /** Sets them. */
    public Answer put(Exchange exchange) throws IOException {
        var token = tokens.authenticate(exchange.secret());
        token.requireAdmin();
        var channel = channels.named(exchange);
        var subdir = Subdir.parse(exchange.parameter("subdir"));
        var document = exchange.body().limitedTo(MAX_BODY_BYTES).allBytes();
        var isDryRun = exchange.query("dry_run").filter("true"::equals).isPresent();
        return answer(
                isDryRun ? channel.previewPatch(subdir, document, token) : channel.patch(subdir, document, token));
    }

    private static Answer answer(PatchResult result) {
        return Answer.json(
                200,
                JsonObject.builder()
                        .put("subdir", result.subdir().text())
                        .put("changed", result.changed())
                        .put("removed", result.removed())
                        .put("returned", result.returned())
                        .put("done", new JsonBoolean(result.done()))
                        .put("generation", result.generation())
                        .build());
    }
}
