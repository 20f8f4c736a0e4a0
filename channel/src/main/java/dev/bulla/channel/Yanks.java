package dev.bulla.channel;

import dev.bulla.channel.catalog.Artifact;
import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.catalog.Yank;
import dev.bulla.channel.ledger.Action;
import dev.bulla.channel.ledger.Entry;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.token.ApiToken;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Label;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes artifacts out of the indexes and puts them back. Nothing is deleted: who has a lock file gets the bytes that it
 * names.
 *
 * @param foundation what channels stand on
 */
record Yanks(Foundation foundation) {
    static final int LONGEST_REASON = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(Yanks.class);

    /** What a transaction has come to. */
    private record Outcome(boolean changed, long position, List<Label> labels) {}

    YankResult yank(Place place, ArchiveName name, String reason, ApiToken token) throws IOException {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new ProblemException(
                    Code.BAD_REQUEST,
                    "a yank has a reason of 1 to " + LONGEST_REASON + " characters, this one has " + reason.length());
        }
        var now = foundation.clock().instant();
        var outcome = foundation.database().write(handle -> {
            var artifact = find(handle, place, name);
            if (artifact.yanked()) {
                return unchanged(handle, artifact);
            }
            var entry = entry(now, Action.YANKED, artifact, name, token).saying(reason);
            var position = Journal.append(handle, entry);
            Catalog.yank(handle, artifact, new Yank(now, reason), position);
            return new Outcome(true, position, Catalog.labels(handle, artifact));
        });
        return show(place, name, true, outcome, token);
    }

    YankResult restore(Place place, ArchiveName name, ApiToken token) throws IOException {
        var now = foundation.clock().instant();
        var outcome = foundation.database().write(handle -> {
            var artifact = find(handle, place, name);
            if (!artifact.yanked()) {
                return unchanged(handle, artifact);
            }
            var position = Journal.append(handle, entry(now, Action.RESTORED, artifact, name, token));
            Catalog.restore(handle, artifact, position);
            return new Outcome(true, position, Catalog.labels(handle, artifact));
        });
        return show(place, name, false, outcome, token);
    }

    private YankResult show(Place place, ArchiveName name, boolean yanked, Outcome outcome, ApiToken token)
            throws IOException {
        for (var label : outcome.labels()) {
            foundation.indexes().show(new IndexUnit(place, label), outcome.position());
        }
        LOG.info(
                "{} place={} file={} changed={} token={}",
                yanked ? "yanked" : "restored",
                place,
                name,
                outcome.changed(),
                token.id());
        return new YankResult(place.subdir(), name, yanked, outcome.changed(), outcome.position());
    }

    private static Outcome unchanged(Handle handle, Artifact artifact) {
        return new Outcome(false, artifact.changedPosition(), Catalog.labels(handle, artifact));
    }

    private static Artifact find(Handle handle, Place place, ArchiveName name) {
        return Catalog.find(handle, place, name)
                .orElseThrow(() -> new ProblemException(Code.NOT_HERE, "there is no artifact " + place + "/" + name));
    }

    private static Entry entry(Instant now, Action action, Artifact artifact, ArchiveName name, ApiToken token) {
        return Entry.of(
                        now,
                        action,
                        artifact.place().channel().text(),
                        artifact.place().subdir() + "/" + name)
                .about(artifact.sha256())
                .by(token.id());
    }
}
