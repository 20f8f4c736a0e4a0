package dev.bulla.channel.publish;

import dev.bulla.channel.ledger.Action;
import dev.bulla.channel.ledger.Entry;
import dev.bulla.channel.ledger.Journal;
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
        return Journal.append(handle, entry(submission, state.action(), now).saying(detail));
    }

    static void abandon(Handle handle, SubmissionTable.LeftOver leftOver, Instant now) {
        SubmissionTable.decide(handle, leftOver.id(), SubmissionState.ABANDONED.text(), now);
        var entry = Entry.of(now, Action.ABANDONED, leftOver.channel(), leftOver.fileName());
        Journal.append(handle, entry.about(leftOver.sha256()));
    }

    private static Entry entry(Submission submission, Action action, Instant at) {
        var subject = submission.name().fileName();
        return Entry.of(at, action, submission.channel().text(), subject)
                .about(submission.received().sha256())
                .by(submission.tokenId());
    }
}
