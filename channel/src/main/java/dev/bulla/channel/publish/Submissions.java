package dev.bulla.channel.publish;

import dev.bulla.channel.ledger.Action;
import dev.bulla.channel.ledger.Entry;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.store.Job;
import dev.bulla.channel.store.JobQueue;
import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.name.Label;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The states of submissions and their journal rows, in the caller's transaction. */
final class Submissions {
    private Submissions() {}

    static void stage(Handle handle, Submission submission) {
        SubmissionTable.insert(handle, submission);
        Journal.append(handle, entry(submission, Action.STAGED, submission.receivedAt()));
    }

    /** Ends it; returns the journal position of that. */
    static long end(Handle handle, Submission submission, SubmissionState state, String detail, Instant now) {
        SubmissionTable.decide(handle, submission.id(), state.text(), now);
        if (state == SubmissionState.REFUSED || state == SubmissionState.ABANDONED) {
            collectLater(handle, submission.received().sha256(), now);
        }
        return Journal.append(handle, entry(submission, state.action(), now).saying(detail));
    }

    /** Journals that what is there already is shown under one more label; returns the position of that. */
    static long label(Handle handle, Submission submission, Label label, Instant now) {
        return Journal.append(handle, entry(submission, Action.LABELLED, now).saying(label.text()));
    }

    static void abandon(Handle handle, SubmissionTable.LeftOver leftOver, Instant now) {
        SubmissionTable.decide(handle, leftOver.id(), SubmissionState.ABANDONED.text(), now);
        collectLater(handle, leftOver.sha256(), now);
        var entry = Entry.of(now, Action.ABANDONED, leftOver.channel(), leftOver.fileName());
        Journal.append(handle, entry.about(leftOver.sha256()));
    }

    /** The bytes go right after this transaction; the job is for a crash in between. */
    private static void collectLater(Handle handle, Sha256 address, Instant now) {
        JobQueue.enqueue(handle, new Job(PublishPipeline.COLLECTION, address.hex()), now);
    }

    private static Entry entry(Submission submission, Action action, Instant at) {
        var subject = submission.name().fileName();
        return Entry.of(at, action, submission.channel().text(), subject)
                .about(submission.received().sha256())
                .by(submission.tokenId());
    }
}
