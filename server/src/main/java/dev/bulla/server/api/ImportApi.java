package dev.bulla.server.api;

import dev.bulla.channel.ArtifactDetails;
import dev.bulla.channel.Channel;
import dev.bulla.channel.Channels;
import dev.bulla.channel.catalog.Payload;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.imports.ImportReport;
import dev.bulla.channel.imports.Importer;
import dev.bulla.channel.token.Tokens;
import dev.bulla.conda.archive.PackageStream;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import dev.bulla.server.exchange.Answer;
import dev.bulla.server.exchange.Directory;
import dev.bulla.server.exchange.Exchange;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonException;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /api/v1/channels/{channel}/import}: takes in the files of a tar stream, {@code SUBDIR/FILE}, under the label of
 * the query parameter {@code label}, else {@code main}; {@code …/import/known}: which names are taken; {@code GET
 * …/payloads} and {@code …/artifacts/{subdir}/{file}}: what of it is checked.
 */
public final class ImportApi {
    private static final int MAX_KNOWN_BYTES = 1 << 20;
    private static final int MAX_KNOWN_NAMES = 1000;

    private final Directory channels;
    private final Tokens tokens;
    private final UploadLimits limits;
    private final UploadGate gate;

    /** The API of these channels; an import takes one place of the gate. */
    public ImportApi(Channels channels, UploadLimits limits, UploadGate gate) {
        this.channels = new Directory(channels);
        this.tokens = channels.tokens();
        this.limits = limits;
        this.gate = gate;
    }

    /** Answers 200 with what became of the files, when all that may be is public and in the shards. */
    public Answer take(Exchange exchange) throws IOException {
        var token = tokens.authenticate(exchange.secret());
        var channel = channels.named(exchange);
        var label = label(exchange);
        var body = exchange.body().withGrace(limits.grace());
        try (var _ = gate.enter();
                var intake = channel.importing(label, token)) {
            var files = PackageStream.of(new FileStream(new RawBuffers(body)));
            for (var file = files.next(); file.isPresent(); file = files.next()) {
                intake.add(file.get().path(), file.get().sizeBytes(), files.content());
            }
            return Answer.json(200, document(channel, label, intake.finish()));
        }
    }

    private static JsonObject document(Channel channel, Label label, ImportReport report) {
        var refused = report.refused().stream().map(ImportApi::document).toList();
        return JsonObject.builder()
                .put("channel", channel.name().text())
                .put("label", label.text())
                .put("imported", report.imported())
                .put("already_there", report.alreadyThere())
                .put("refused", new JsonArray(refused))
                .put("payload_unchecked", channel.payloads().unchecked())
                .put("generation", report.generation())
                .build();
    }

    private static Json document(ImportReport.Refused refused) {
        var problems = refused.problems().stream().map(ImportApi::document).toList();
        return JsonObject.builder()
                .put("path", refused.path())
                .put("problems", new JsonArray(problems))
                .build();
    }

    private static Json document(Problem problem) {
        return JsonObject.builder()
                .put("code", problem.code().text())
                .put("detail", problem.detail())
                .build();
    }

    /** {@code {"files": ["SUBDIR/FILE", …]}}, at most {@value #MAX_KNOWN_NAMES}; answers those that are taken. */
    public Answer known(Exchange exchange) throws IOException {
        tokens.authenticate(exchange.secret()).requireAdmin();
        var channel = channels.named(exchange);
        var known = channel.known(label(exchange), wanted(channel, exchange)).stream()
                .map(ImportApi::document)
                .toList();
        return Answer.json(200, JsonObject.of("known", new JsonArray(known)));
    }

    private static Json document(Importer.Known known) {
        return JsonObject.builder()
                .put("path", known.place().subdir() + "/" + known.name())
                .put("sha256", known.sha256())
                .put("yanked", new JsonBoolean(known.yanked()))
                .put("labelled", new JsonBoolean(known.labelled()))
                .build();
    }

    private static List<Importer.Wanted> wanted(Channel channel, Exchange exchange) throws IOException {
        byte[] body = exchange.body().limitedTo(MAX_KNOWN_BYTES).allBytes();
        try {
            if (Json.parse(body, JsonLimits.METADATA) instanceof JsonObject object
                    && object.member("files").orElse(null) instanceof JsonArray files
                    && files.elements().size() <= MAX_KNOWN_NAMES) {
                var wanted = new ArrayList<Importer.Wanted>();
                for (var file : files.elements()) {
                    wanted.add(wanted(channel, file));
                }
                return wanted;
            }
        } catch (JsonException e) {
            throw new ProblemException(Code.BAD_REQUEST, "The body is not JSON: " + e.getMessage() + ".", e);
        }
        throw new ProblemException(
                Code.BAD_REQUEST,
                "The body must be an object with at most " + MAX_KNOWN_NAMES + " names in \"files\".");
    }

    private static Importer.Wanted wanted(Channel channel, Json file) {
        var path = file instanceof JsonString string ? string.value() : "";
        var slash = path.indexOf('/');
        if (slash < 0) {
            throw new ProblemException(Code.BAD_REQUEST, "Each of \"files\" must be a string SUBDIR/FILE.");
        }
        var place = new Place(channel.name(), Subdir.parse(path.substring(0, slash)));
        return new Importer.Wanted(place, ArchiveName.parse(path.substring(slash + 1)));
    }

    /** How many artifacts are not checked as uploads are. */
    public Answer payloads(Exchange exchange) {
        tokens.authenticate(exchange.secret());
        var channel = channels.named(exchange);
        var counts = channel.payloads();
        return Answer.json(
                200,
                JsonObject.builder()
                        .put("channel", channel.name().text())
                        .put("payload_unchecked", counts.unchecked())
                        .put("no_paths", counts.noPaths())
                        .put("failed", counts.failed())
                        .build());
    }

    /** What is known of one artifact. */
    public Answer artifact(Exchange exchange) {
        tokens.authenticate(exchange.secret());
        var channel = channels.named(exchange);
        var subdir = Subdir.parse(exchange.parameter("subdir"));
        var name = ArchiveName.parse(exchange.parameter("file"));
        return channel.details(subdir, name)
                .map(details -> Answer.json(200, document(details)))
                .orElseThrow(() -> new ProblemException(
                        Code.NOT_HERE, "There is no artifact " + subdir + "/" + name + " in " + channel.name() + "."));
    }

    private static JsonObject document(ArtifactDetails details) {
        var artifact = details.artifact();
        var labels = details.labels().stream().map(Label::text).toList();
        return JsonObject.builder()
                .put("channel", artifact.place().channel().text())
                .put("subdir", artifact.place().subdir().text())
                .put("file_name", details.name().fileName())
                .put("sha256", artifact.sha256().hex())
                .put("md5", artifact.md5())
                .put("size", artifact.sizeBytes())
                .put("published_at", artifact.publishedAt().toString())
                .put("labels", JsonArray.ofStrings(labels))
                .put("yanked", new JsonBoolean(artifact.yanked()))
                .put("payload", payload(details.payload()))
                .put("generation", artifact.changedPosition())
                .build();
    }

    private static String payload(Payload payload) {
        return payload == Payload.UNCHECKED ? "payload_unchecked" : payload.text();
    }

    private static Label label(Exchange exchange) {
        return exchange.query("label").map(Label::parse).orElse(Label.MAIN);
    }
}
