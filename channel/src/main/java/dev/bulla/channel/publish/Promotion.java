package dev.bulla.channel.publish;

import dev.bulla.channel.catalog.Artifact;
import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.NewArtifact;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.catalog.SignedRecord;
import dev.bulla.channel.publish.PublishResult.Published;
import dev.bulla.channel.publish.PublishResult.Rejected;
import dev.bulla.conda.name.Label;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The one transaction that makes a checked submission public: artifact, submission, journal row and index job. That a
 * name is taken once and for ever is decided here and nowhere else, because here nobody else writes.
 *
 * @param submission what was staged, its bytes durable
 * @param place where it belongs
 * @param signed its final record and the signatures
 * @param now when
 */
record Promotion(Submission submission, Place place, SignedRecord signed, Instant now) {
    PublishResult run(Handle handle) {
        return Catalog.find(handle, place, submission.name())
                .map(artifact -> meet(handle, artifact))
                .orElseGet(() -> promote(handle));
    }

    private PublishResult promote(Handle handle) {
        var received = submission.received();
        var position = Submissions.end(handle, submission, SubmissionState.PROMOTED, place.toString(), now);
        var artifact =
                new NewArtifact(place, Label.MAIN, signed, received.sha256(), received.md5(), submission.id(), now);
        Catalog.add(handle, artifact, position);
        return new Published(
                place.subdir(), submission.name(), received.sha256(), received.sizeBytes(), false, position);
    }

    private PublishResult meet(Handle handle, Artifact artifact) {
        if (artifact.sha256().equals(submission.received().sha256())) {
            Submissions.end(handle, submission, SubmissionState.DUPLICATE, place.toString(), now);
            return alreadyThere(submission, artifact);
        }
        var conflict = conflict(submission, artifact);
        Submissions.end(handle, submission, SubmissionState.REFUSED, conflict.toString(), now);
        return new Rejected(List.of(conflict));
    }

    static Published alreadyThere(Submission submission, Artifact artifact) {
        return new Published(
                artifact.place().subdir(),
                submission.name(),
                artifact.sha256(),
                artifact.sizeBytes(),
                true,
                artifact.changedPosition());
    }

    static Problem conflict(Submission submission, Artifact artifact) {
        return new Problem(
                Code.NAME_CONFLICT,
                artifact.place() + "/" + submission.name() + " is there with SHA-256 " + artifact.sha256()
                        + ", the upload has " + submission.received().sha256());
    }
}
