package dev.bulla.server.api;

import dev.bulla.channel.Channel;
import dev.bulla.channel.publish.PublishResult;
import dev.bulla.channel.publish.Upload;
import dev.bulla.channel.token.Tokens;
import dev.bulla.conda.name.Label;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.server.exchange.Answer;
import dev.bulla.server.exchange.Directory;
import dev.bulla.server.exchange.Exchange;
import dev.bulla.server.exchange.Refusal;
import dev.bulla.server.exchange.RequestBody;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/upload/{channel}}: publishes one file, in either of the two shapes, under the label that the query
 * parameter {@code label} names, else under {@code main}.
 */
public final class UploadApi {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final String FILE_NAME = "X-File-Name";
    private static final String FILE_SHA256 = "X-File-SHA256";
    /** What boundaries and part headers may add to a file. */
    private static final long MULTIPART_EXTRA_BYTES = 64 * 1024;

    private final Directory channels;
    private final Tokens tokens;
    private final UploadLimits limits;
    private final UploadGate gate;

    /** Uploads into these channels, each through the gate. */
    public UploadApi(Directory channels, Tokens tokens, UploadLimits limits, UploadGate gate) {
        this.channels = channels;
        this.tokens = tokens;
        this.limits = limits;
        this.gate = gate;
    }

    /** Answers 201 when the file was published, 200 when the same bytes were there. */
    public Answer upload(Exchange exchange) throws IOException {
        var token = tokens.authenticate(exchange.secret());
        var channel = channels.named(exchange);
        var body = exchange.body().withGrace(limits.grace());
        var contentType = body.contentType().filter(MultipartFile::isMultipart);
        body.limitedTo(limits.maxBytes() + (contentType.isPresent() ? MULTIPART_EXTRA_BYTES : 0));
        try (var _ = gate.enter()) {
            var upload = contentType.isPresent() ? multipart(exchange, body, contentType.get()) : raw(exchange, body);
            return answer(exchange, channel, channel.publish(upload, token));
        }
    }

    private static Upload multipart(Exchange exchange, RequestBody body, String contentType) throws IOException {
        var file = MultipartFile.open(body, contentType);
        var name = fileName(file.header(FILE_NAME), file.fileName());
        return upload(
                exchange,
                name,
                sha256(file.header(FILE_SHA256)),
                file.stream(),
                file.announcedBytes().orElse(-1));
    }

    private static Upload raw(Exchange exchange, RequestBody body) {
        var name = fileName(exchange.header(FILE_NAME), Optional.empty());
        var stream = new FileStream(new RawBuffers(body));
        return upload(
                exchange,
                name,
                sha256(exchange.header(FILE_SHA256)),
                stream,
                body.announcedBytes().orElse(-1));
    }

    private static Upload upload(
            Exchange exchange, String fileName, @Nullable String sha256, InputStream bytes, long lengthBytes) {
        var label = exchange.query("label").map(Label::parse).orElse(null);
        return new Upload(fileName, sha256, null, label, bytes, lengthBytes);
    }

    private static String fileName(Optional<String> header, Optional<String> inDisposition) {
        if (header.isPresent() && inDisposition.isPresent() && !header.equals(inDisposition)) {
            throw new ProblemException(
                    Code.BAD_REQUEST, "X-File-Name and the file name in Content-Disposition are not the same.");
        }
        return header.or(() -> inDisposition)
                .orElseThrow(() -> new ProblemException(
                        Code.BAD_REQUEST, "The file has no name; the header X-File-Name must give it."));
    }

    private static @Nullable String sha256(Optional<String> header) {
        if (header.isPresent() && !SHA256.matcher(header.get()).matches()) {
            throw new ProblemException(Code.BAD_REQUEST, "X-File-SHA256 is not 64 hexadecimal digits.");
        }
        return header.map(hex -> hex.toLowerCase(Locale.ROOT)).orElse(null);
    }

    private static Answer answer(Exchange exchange, Channel channel, PublishResult result) {
        return switch (result) {
            case PublishResult.Published published ->
                Answer.json(published.alreadyThere() ? 200 : 201, document(exchange, channel, published));
            case PublishResult.Rejected rejected -> throw Refusal.of(rejected.problems());
        };
    }

    private static JsonObject document(Exchange exchange, Channel channel, PublishResult.Published published) {
        var place = List.of(
                channel.name().text(),
                published.subdir().text(),
                published.name().fileName());
        return JsonObject.builder()
                .put("channel", channel.name().text())
                .put("subdir", published.subdir().text())
                .put("file_name", published.name().fileName())
                .put("sha256", published.sha256().hex())
                .put("size", published.sizeBytes())
                .put("already_there", new JsonBoolean(published.alreadyThere()))
                .put("generation", published.generation())
                .put("url", exchange.url(place))
                .build();
    }
}
