package dev.bulla.cli.commands;

import dev.bulla.channel.Channel;
import dev.bulla.channel.StoredArtifact;
import dev.bulla.cli.config.SecretFile;
import dev.bulla.cli.output.Output;
import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.HttpUpload;
import dev.bulla.client.fetch.Limit;
import dev.bulla.client.fetch.Patience;
import dev.bulla.client.update.ChannelTrust;
import dev.bulla.client.update.Pin;
import dev.bulla.client.update.Updater;
import dev.bulla.client.verify.ChannelVerifier;
import dev.bulla.client.verify.FileVerifier;
import dev.bulla.client.verify.Verdict;
import dev.bulla.client.verify.VerifyListener;
import dev.bulla.client.verify.VerifyOptions;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** The steps of the demo, each with its evidence, told as they happen. Not safe to share. */
final class DemoStory {
    static final String PACKAGE = "hello-1.0-0.conda";

    /** A package of the same name, version and build with another content. */
    static final String OTHER_PACKAGE = "hello-1.0-0.conda.other";

    private final Output output;
    private final Path folder;
    private final Clock clock;
    private final List<Step> steps = new ArrayList<>();

    /**
     * One step.
     *
     * @param name what is done
     * @param asExpected whether it went as it should
     * @param evidence what was seen
     */
    record Step(String name, boolean asExpected, List<String> evidence) {
        Map<String, Object> json() {
            var members = new LinkedHashMap<String, Object>();
            members.put("step", name);
            members.put("as_expected", asExpected);
            members.put("evidence", evidence);
            return members;
        }
    }

    DemoStory(Output output, Path folder, Clock clock) {
        this.output = output;
        this.folder = folder;
        this.clock = clock;
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    void tell(RunningServer server) throws IOException {
        Channel main = server.channels().channel(ChannelName.MAIN).orElseThrow();
        Path file = resource(PACKAGE);
        var token = SecretFile.read(server.adminTokenFile()).text();
        var upload = new HttpUpload(FetchPolicy.standard().withToken(token));
        var uploadUrl = URI.create(server.url() + "/api/v1/upload/main");
        var channel = ChannelUrl.parse(server.url() + "/main");
        var pin = new Pin.Digest(main.firstRootSha256().hex());

        step(
                "start",
                () -> List.of(
                        "a server on " + server.url() + ", its data in a temporary folder",
                        "first root of channel main, which clients pin: sha256 " + pin.sha256()));
        step("upload", () -> {
            JsonObject answer = upload.post(uploadUrl, Map.of("X-File-Name", PACKAGE), file, _ -> {});
            return List.of(
                    "POST /api/v1/upload/main, " + Files.size(file) + " bytes of " + PACKAGE,
                    "answer: " + Answers.text(answer, "subdir", "?") + "/" + Answers.text(answer, "file_name", "?")
                            + ", index generation " + Answers.text(answer, "generation", "?"));
        });
        step("stage", () -> {
            StoredArtifact stored = stored(main);
            return List.of(
                    "the server computed sha256 " + stored.sha256().hex() + " while the bytes arrived",
                    "they are kept under that hash: " + server.folder().relativize(stored.path()));
        });
        step("promote", () -> {
            Fetcher fetcher = Fetcher.of(channel, FetchPolicy.standard());
            JsonObject listed = Patience.standard()
                    .until(
                            () -> member(index(fetcher, channel, "noarch/"), "packages.conda"),
                            records -> records.member(PACKAGE).isPresent(),
                            () -> {});
            JsonObject record = member(listed, PACKAGE);
            return List.of(
                    "noarch/repodata.json lists it: " + Answers.text(record, "name", "?") + " "
                            + Answers.text(record, "version", "?") + ", sha256 " + Answers.text(record, "sha256", "?"),
                    "published at " + stored(main).publishedAt());
        });
        refused("name", "the same name with other bytes", Code.NAME_CONFLICT, () -> {
            upload.post(uploadUrl, Map.of("X-File-Name", PACKAGE), resource(OTHER_PACKAGE), _ -> {});
            return List.of();
        });
        step("sign", () -> {
            Fetcher fetcher = Fetcher.of(channel, FetchPolicy.standard());
            return List.of(
                    "conda's signature, at /main: key " + signer(index(fetcher, channel, "noarch/")),
                    "mamba's signature, at /main/libmamba: key " + signer(index(fetcher, channel, "libmamba/noarch/")));
        });
        step("verify", () -> List.of(verify(channel, pin)));
        var copy = new DemoCopy(folder.resolve("mirror"), channel);
        step("mirror", () -> {
            copy.make();
            return List.of("a static copy of the channel, as a mirror has it", verify(copy.channel(), pin));
        });
        tamper(copy, pin);
    }

    /** What a mirror, or whoever took it over, might try. */
    private void tamper(DemoCopy copy, Pin.Digest pin) {
        refused("tamper", "a dependency added to the signed record", Code.SIGNATURES_TOO_FEW, () -> {
            copy.make();
            copy.editIndexes("\"depends\":[]", "\"depends\":[\"evil\"]");
            return List.of(verify(copy.channel(), pin));
        });
        refused("tamper", "the signatures taken away", Code.SIGNATURE_MISSING, () -> {
            copy.make();
            copy.editIndexes("\"signatures\":{\"hello", "\"signatures\":{\"other");
            return List.of(verify(copy.channel(), pin));
        });
        refused("tamper", "one byte of the package changed", Code.ARTIFACT_CHANGED, () -> {
            copy.make();
            Path changed = copy.changeArtifact();
            return List.of(requireGood(new FileVerifier(copy.fetcher(), trust(copy.channel(), pin)).verify(changed)));
        });
        refused("tamper", "another root than the pinned one", Code.ROOT_NOT_PINNED, () -> {
            copy.make();
            return List.of(verify(copy.channel(), new Pin.Digest("0".repeat(64))));
        });
    }

    private static StoredArtifact stored(Channel main) {
        return main.artifact(Subdir.NOARCH, ArchiveName.parse(PACKAGE)).orElseThrow();
    }

    private ChannelTrust trust(ChannelUrl channel, Pin.Digest pin) {
        Path state = folder.resolve("state-" + steps.size());
        return new Updater(Fetcher.of(channel, FetchPolicy.standard()), channel, state, clock.instant())
                .update(pin, EnumSet.allOf(Dialect.class));
    }

    /** Verifies a channel and says what its one package was verified against. */
    private String verify(ChannelUrl channel, Pin.Digest pin) {
        var verdicts = new ArrayList<Verdict>();
        VerifyListener listener = verdicts::add;
        new ChannelVerifier(Fetcher.of(channel, FetchPolicy.standard()), trust(channel, pin))
                .verify(
                        VerifyOptions.standard()
                                .withSubdirs(List.of(Subdir.NOARCH))
                                .withArtifacts(true),
                        listener);
        verdicts.forEach(DemoStory::requireGood);
        if (verdicts.size() != 1) {
            throw new ProblemException(Code.RECORD_MISMATCH, "one package is expected, not " + verdicts.size());
        }
        return verdicts.getFirst().toString();
    }

    private static String requireGood(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Verified verified -> verified.toString();
            case Verdict.Failed failed ->
                throw new ProblemException(
                        failed.problem().code(), failed.problem().detail());
        };
    }

    private static JsonObject index(Fetcher fetcher, ChannelUrl channel, String subdir) {
        byte[] bytes = fetcher.bytes(channel.resolve(subdir + "repodata.json"), Limit.ANSWER)
                .orElseThrow();
        return (JsonObject) Json.parse(bytes, JsonLimits.METADATA);
    }

    private static JsonObject member(JsonObject object, String name) {
        return object.member(name)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .orElseThrow(() -> new ProblemException(Code.RECORD_MISMATCH, name + " is not there"));
    }

    private static String signer(JsonObject index) {
        return member(member(index, "signatures"), PACKAGE)
                .members()
                .firstEntry()
                .getKey();
    }

    static byte[] changed(byte[] bytes) {
        byte[] other = bytes.clone();
        other[other.length / 2] ^= 1;
        return other;
    }

    private Path resource(String name) throws IOException {
        try (var in = DemoStory.class.getResourceAsStream("/dev/bulla/cli/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    private void step(String name, Callable<List<String>> action) {
        try {
            tell(new Step(name, true, action.call()));
        } catch (ProblemException e) {
            tell(new Step(name, false, List.of(e.problem().toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A step that must be refused with this code; that it is not refused at all is the worst that can happen. */
    private void refused(String name, String what, Code expected, Callable<List<String>> action) {
        step(name, () -> {
            String seen;
            try {
                seen = "NOT REFUSED: " + action.call();
            } catch (ProblemException e) {
                if (e.problem().code() == expected) {
                    return List.of(what, "refused: " + e.problem());
                }
                seen = "refused for another reason: " + e.problem();
            }
            throw new ProblemException(Code.INTERNAL_ERROR, what + ": expected " + expected.text() + ", " + seen);
        });
    }

    private void tell(Step step) {
        steps.add(step);
        if (!output.style().json()) {
            output.out().printf("%2d  %-8s %s%n", steps.size(), step.name(), step.asExpected() ? "ok" : "FAILED");
            step.evidence().forEach(line -> output.out().println("      " + line));
            output.out().flush();
        }
    }
}
