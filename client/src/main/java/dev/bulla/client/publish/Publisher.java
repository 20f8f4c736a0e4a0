package dev.bulla.client.publish;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.HttpUpload;
import dev.bulla.client.fetch.Patience;
import dev.bulla.client.fetch.ServerApi;
import dev.bulla.client.publish.Outcome.Published;
import dev.bulla.client.publish.Outcome.Refused;
import dev.bulla.client.update.ChannelTrust;
import dev.bulla.client.verify.ArtifactCheck;
import dev.bulla.client.verify.ArtifactCheck.Digest;
import dev.bulla.client.verify.FileVerifier;
import dev.bulla.client.verify.Verdict;
import dev.bulla.conda.archive.ArchiveException;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Publishes files to one channel of a server. Not safe to share. */
public final class Publisher {
    private final Destination destination;
    private final ChannelUrl channel;
    private final Fetcher fetcher;
    private final ServerApi api;
    private final HttpUpload upload;
    private final ArtifactCheck artifacts;
    private final Patience patience;

    /** A publisher; the policy has the token that may publish. */
    public Publisher(Destination destination, FetchPolicy policy) {
        this(destination, policy, Patience.standard());
    }

    /** The same; {@code patience} is had with an index that does not list what is published yet. */
    public Publisher(Destination destination, FetchPolicy policy, Patience patience) {
        this.destination = destination;
        this.channel = destination.url();
        this.fetcher = Fetcher.of(channel, policy);
        this.api = new ServerApi(destination.server().uri(), policy);
        this.upload = new HttpUpload(policy);
        this.artifacts = new ArtifactCheck(fetcher, channel);
        this.patience = patience;
    }

    /** The channel's own address. */
    public ChannelUrl channel() {
        return channel;
    }

    /**
     * Publishes the files, one after the other, and then verifies their records, once the index lists them all.
     *
     * @param trust asked once all files are there, for what is believed about the channel; {@code null}: no first root is
     *     known, and records are not verified
     * @return an outcome for each file, in the same order
     */
    public List<Outcome> publish(List<Path> files, @Nullable Supplier<ChannelTrust> trust, PublishListener listener) {
        var outcomes = new ArrayList<Outcome>();
        for (var file : files) {
            outcomes.add(orRefused(file, () -> publish(file, listener)));
        }
        var anyThere = outcomes.stream().anyMatch(Published.class::isInstance);
        if (trust != null && anyThere) {
            listener.verifying();
            return verified(outcomes, trust, listener);
        }
        return outcomes;
    }

    private Outcome publish(Path file, PublishListener listener) {
        var local = LocalPackage.read(file);
        listener.started(file, local.digest().sizeBytes());
        var alreadyThere = isThere(local);
        if (alreadyThere) {
            label(local);
        }
        if (!alreadyThere || !comesBack(local, listener)) {
            alreadyThere = send(local, listener);
            listener.readingBack(file);
            requireServed(local);
        }
        return new Published(
                file,
                local.subdir(),
                local.name().fileName(),
                local.digest().sizeBytes(),
                local.digest().sha256(),
                alreadyThere,
                null);
    }

    /** Whether the channel has these very bytes, by the ETag that holds an artifact's SHA-256; then nothing is sent. */
    private boolean isThere(LocalPackage local) {
        var head =
                fetcher.head(channel.resolve(local.subdir() + "/" + local.name().fileName()));
        var etag = head.isPresent() ? head.get().etag() : null;
        if (etag == null || !etag.matches("\"[0-9a-f]{64}\"")) {
            return false; // not there, or another server: the upload will tell
        }
        var sha256 = etag.substring(1, 65);
        if (!sha256.equals(local.digest().sha256())) {
            throw new ProblemException(
                    Code.NAME_CONFLICT,
                    "the channel has " + local.subdir() + "/" + local.name() + " with sha256 " + sha256
                            + ", this file has " + local.digest().sha256());
        }
        return true;
    }

    /** Has what is there already shown under the label; refused if it was yanked. */
    private void label(LocalPackage local) {
        var request = JsonObject.builder()
                .put("subdir", local.subdir().text())
                .put("file_name", local.name().fileName())
                .put("label", destination.label().text())
                .build();
        api.send("POST", "channels/" + destination.channel() + "/label", request.compact());
    }

    /** Uploads it; true when the server says that it had these bytes. */
    private boolean send(LocalPackage local, PublishListener listener) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-File-Name", local.name().fileName());
        headers.put("X-File-SHA256", local.digest().sha256());
        var answer = upload.post(
                destination
                        .server()
                        .resolve("api/v1/upload/" + destination.channel() + "?label=" + destination.label()),
                headers,
                local.file(),
                bytes -> listener.sent(local.file(), bytes));
        requireSame(answer, "sha256", local.digest().sha256());
        requireSame(answer, "subdir", local.subdir().text());
        requireSame(answer, "file_name", local.name().fileName());
        return answer.member("already_there")
                .filter(new JsonBoolean(true)::equals)
                .isPresent();
    }

    private static void requireSame(JsonObject answer, String member, String expected) {
        if (!answer.member(member).filter(new JsonString(expected)::equals).isPresent()) {
            throw new ProblemException(
                    Code.SERVER_ANSWER_BAD, "the server took the file, but does not say " + member + " " + expected);
        }
    }

    /** Whether what is said to be there is served; if the server has lost it, sending it again brings it back. */
    private boolean comesBack(LocalPackage local, PublishListener listener) {
        listener.readingBack(local.file());
        try {
            requireServed(local);
            return true;
        } catch (ProblemException _) {
            return false; // also when the server has failed with it: sending it says what is the matter
        }
    }

    private void requireServed(LocalPackage local) {
        var what = local.subdir() + "/" + local.name();
        var served = artifacts
                .served(local.subdir(), local.name().fileName())
                .orElseThrow(() -> new ProblemException(
                        Code.SERVER_ANSWER_BAD, "the server took " + what + ", but does not serve it"));
        if (!served.equals(local.digest())) {
            throw new ProblemException(
                    Code.ARTIFACT_CHANGED,
                    what + " comes back with " + served.sizeBytes() + " bytes, sha256 " + served.sha256()
                            + "; sent were "
                            + local.digest().sizeBytes() + " bytes, sha256 "
                            + local.digest().sha256());
        }
    }

    /** The outcomes with the evidence of verified records; a file whose record does not hold is refused after all. */
    private List<Outcome> verified(List<Outcome> outcomes, Supplier<ChannelTrust> trust, PublishListener listener) {
        try {
            var verifier = new FileVerifier(asShown(), trust.get(), patience, listener::waitingForIndex);
            var bySubdir = outcomes.stream()
                    .filter(Published.class::isInstance)
                    .map(Published.class::cast)
                    .collect(Collectors.groupingBy(
                            Published::subdir,
                            Collectors.toMap(Published::fileName, Publisher::digest, (one, other) -> one)));
            var verdicts = new HashMap<Subdir, Map<String, Verdict>>();
            bySubdir.forEach((subdir, digests) -> verdicts.put(subdir, verifier.verifyOnceListed(subdir, digests)));
            return outcomes.stream()
                    .map(outcome -> withVerdict(outcome, verdicts))
                    .toList();
        } catch (ProblemException e) {
            return outcomes.stream()
                    .map(outcome -> unproven(outcome, e.problem()))
                    .toList();
        }
    }

    private Fetcher asShown() {
        var label = destination.label();
        return label.equals(Label.MAIN) ? fetcher : new LabelledFetcher(fetcher, channel, label);
    }

    private static Digest digest(Published there) {
        return new Digest(there.sizeBytes(), there.sha256());
    }

    private static Outcome withVerdict(Outcome outcome, Map<Subdir, Map<String, Verdict>> verdicts) {
        if (!(outcome instanceof Published there)) {
            return outcome;
        }
        var verdict = Objects.requireNonNull(verdicts.get(there.subdir())).get(there.fileName());
        return switch (Objects.requireNonNull(verdict)) {
            case Verdict.Verified verified -> there.with(verified.evidence());
            case Verdict.Failed failed -> new Refused(there.file(), List.of(failed.problem()));
        };
    }

    private static Outcome unproven(Outcome outcome, Problem problem) {
        return outcome instanceof Published there ? new Refused(there.file(), List.of(problem)) : outcome;
    }

    private static Outcome orRefused(Path file, Supplier<Outcome> step) {
        try {
            return step.get();
        } catch (ArchiveException e) {
            return new Refused(file, e.problems());
        } catch (ProblemException e) {
            return new Refused(file, List.of(e.problem()));
        }
    }
}
