package dev.bulla.channel;

import dev.bulla.channel.catalog.Artifact;
import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.ledger.Action;
import dev.bulla.channel.ledger.Entry;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.token.ApiToken;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Label;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows artifacts that are there under further labels, and under fewer. One without any label is in no index; who knows
 * its address gets its bytes.
 *
 * @param foundation what channels stand on
 */
record Labels(Foundation foundation) {
    private static final Logger LOG = LoggerFactory.getLogger(Labels.class);

    /**
     * What is to be done.
     *
     * @param place in which subdir
     * @param name to which artifact
     * @param label with which label
     * @param token as whom
     */
    record Wish(Place place, ArchiveName name, Label label, ApiToken token) {}

    /** A yanked artifact is in no index, so that a label would not show it. */
    LabelResult add(Wish wish) throws IOException {
        return show(wish, foundation.database().write(handle -> {
            var artifact = find(handle, wish);
            if (artifact.yanked()) {
                throw new ProblemException(Code.ARTIFACT_YANKED, wish.place() + "/" + wish.name() + " was yanked");
            }
            if (Catalog.hasLabel(handle, artifact, wish.label())) {
                return result(handle, wish, artifact, artifact.changedPosition());
            }
            var position = journal(handle, wish, artifact, Action.LABELLED);
            Catalog.addLabel(handle, artifact, wish.label(), position);
            return result(handle, wish, artifact, position);
        }));
    }

    LabelResult remove(Wish wish) throws IOException {
        return show(wish, foundation.database().write(handle -> {
            var artifact = find(handle, wish);
            if (!Catalog.hasLabel(handle, artifact, wish.label())) {
                return result(handle, wish, artifact, artifact.changedPosition());
            }
            var position = journal(handle, wish, artifact, Action.UNLABELLED);
            Catalog.removeLabel(handle, artifact, wish.label(), position);
            return result(handle, wish, artifact, position);
        }));
    }

    private static LabelResult result(Handle handle, Wish wish, Artifact before, long position) {
        return new LabelResult(
                wish.place().subdir(),
                wish.name(),
                Catalog.labels(handle, before),
                position != before.changedPosition(),
                position);
    }

    private static Artifact find(Handle handle, Wish wish) {
        return Catalog.find(handle, wish.place(), wish.name())
                .orElseThrow(() -> new ProblemException(
                        Code.NOT_HERE, "there is no artifact " + wish.place() + "/" + wish.name()));
    }

    private long journal(Handle handle, Wish wish, Artifact artifact, Action action) {
        var place = wish.place();
        var subject = place.subdir() + "/" + wish.name();
        var entry = Entry.of(
                        foundation.clock().instant(), action, place.channel().text(), subject)
                .about(artifact.sha256())
                .by(wish.token().id())
                .saying(wish.label().text());
        return Journal.append(handle, entry);
    }

    private LabelResult show(Wish wish, LabelResult result) throws IOException {
        if (result.changed()) {
            foundation.indexes().show(new IndexUnit(wish.place(), wish.label()), result.generation());
            LOG.info(
                    "labels changed place={} file={} labels={} token={}",
                    wish.place(),
                    wish.name(),
                    result.labels(),
                    wish.token().id());
        }
        return result;
    }
}
