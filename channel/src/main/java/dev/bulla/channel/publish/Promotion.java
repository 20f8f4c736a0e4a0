package dev.bulla.channel.publish;

import dev.bulla.channel.catalog.Artifact;
import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.NewArtifact;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.catalog.Sayings;
import dev.bulla.channel.catalog.SignedRecord;
import dev.bulla.channel.patch.PatchedRecord;
import dev.bulla.channel.publish.PublishResult.Published;
import dev.bulla.channel.publish.PublishResult.Rejected;
import dev.bulla.conda.name.Label;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The one transaction that makes a checked submission public: artifact, submission and journal row. That a
 * name is taken once and for ever is decided here and nowhere else, because here nobody else writes.
 *
 * @param submission what was staged, its bytes durable
 * @param place where it belongs
 * @param label which label shows it
 * @param signed its final record and the signatures
 * @param sayings what the package says beside it
 * @param patching how it came to be so
 * @param now when
 */
record Promotion(
        Submission submission,
        Place place,
        Label label,
        SignedRecord signed,
        Sayings sayings,
        Patching patching,
        Instant now) {
    /**
     * How the record was patched.
     *
     * @param since the journal position of the instructions that were followed; 0 without any
     * @param record what they made of it
     */
    record Patching(long since, PatchedRecord record) {}

    /** Empty when other instructions hold meanwhile, so that the record must be patched and signed anew. */
    Optional<PublishResult> run(Handle handle) {
        var there = Catalog.find(handle, place, submission.name());
        if (there.isPresent()) {
            return Optional.of(meet(handle, there.get()));
        }
        return Catalog.patchPosition(handle, place) == patching.since()
                ? Optional.of(promote(handle))
                : Optional.empty();
    }

    private PublishResult promote(Handle handle) {
        var received = submission.received();
        var position = Submissions.end(handle, submission, SubmissionState.PROMOTED, place.toString(), now);
        var artifact =
                new NewArtifact(place, label, signed, sayings, received.sha256(), received.md5(), submission.id(), now);
        Catalog.add(handle, artifact, position);
        var patched = patching.record();
        if (patched.isPatched()) {
            Catalog.keepOriginal(handle, position, patched.changedFrom(), patched.patchedOut());
        }
        return new Published(
                place.subdir(), submission.name(), received.sha256(), received.sizeBytes(), false, position);
    }

    private PublishResult meet(Handle handle, Artifact artifact) {
        var conflict = conflict(submission, artifact);
        if (conflict.isPresent()) {
            Submissions.end(
                    handle, submission, SubmissionState.REFUSED, conflict.get().toString(), now);
            return new Rejected(List.of(conflict.get()));
        }
        Submissions.end(handle, submission, SubmissionState.DUPLICATE, place.toString(), now);
        return showAlso(handle, submission, artifact, label, now);
    }

    /** Adds the label to what is there already, unless it has it. */
    static Published showAlso(Handle handle, Submission submission, Artifact artifact, Label label, Instant now) {
        var position = artifact.changedPosition();
        if (!Catalog.hasLabel(handle, artifact, label)) {
            position = Submissions.label(handle, submission, label, now);
            Catalog.addLabel(handle, artifact, label, position);
        }
        return alreadyThere(submission, artifact, position);
    }

    static Published alreadyThere(Submission submission, Artifact artifact, long generation) {
        return new Published(
                artifact.place().subdir(),
                submission.name(),
                artifact.sha256(),
                artifact.sizeBytes(),
                true,
                generation);
    }

    /** Why the artifact of this name stands in the way; empty when it is the same and public. */
    static Optional<Problem> conflict(Submission submission, Artifact artifact) {
        var there = artifact.place() + "/" + submission.name();
        if (!artifact.sha256().equals(submission.received().sha256())) {
            return Optional.of(new Problem(
                    Code.NAME_CONFLICT,
                    there + " is there with SHA-256 " + artifact.sha256() + ", the upload has "
                            + submission.received().sha256()));
        }
        return artifact.yanked()
                ? Optional.of(new Problem(Code.ARTIFACT_YANKED, there + " has these bytes and was yanked"))
                : Optional.empty();
    }
}
