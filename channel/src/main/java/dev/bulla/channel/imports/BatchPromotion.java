package dev.bulla.channel.imports;

import dev.bulla.channel.catalog.Artifact;
import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.NewArtifact;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.ledger.Action;
import dev.bulla.channel.ledger.Entry;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.store.Job;
import dev.bulla.channel.store.JobQueue;
import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The one transaction that makes a batch public. As with an upload, a name is taken once and for ever, and that is
 * decided here, because here nobody else writes. Not safe to share.
 */
final class BatchPromotion {
    private static final Duration UNTIL_CHECKED = Duration.ofSeconds(2);

    private final String id;
    private final Aim aim;
    private final List<Examined.Fit> fit;
    private final Instant now;
    private final List<Examined.Fit> fresh = new ArrayList<>();
    private final HashMap<Place, Long> patchedSince = new HashMap<>();
    private final HashMap<Named, Sha256> taken = new HashMap<>();
    private final Result result = new Result();

    private record Named(Place place, ArchiveName name) {}

    /** What it came to. Not safe to share. */
    static final class Result {
        final List<ImportReport.Refused> refused = new ArrayList<>();
        final Set<Place> changed = new HashSet<>();
        int imported;
        int alreadyThere;
        long position;
    }

    BatchPromotion(String id, Aim aim, List<Examined.Fit> fit, Instant now) {
        this.id = id;
        this.aim = aim;
        this.fit = fit;
        this.now = now;
    }

    Result run(Handle handle) {
        var there = there(handle);
        fit.forEach(one -> sort(handle, one, there));
        if (!fresh.isEmpty()) {
            var artifacts = fresh.stream().map(this::artifact).toList();
            var first = Journal.appendAll(
                    handle, artifacts.stream().map(this::entry).toList());
            Catalog.addAll(handle, artifacts, first);
            keepOriginals(handle, first);
            result.position = first + fresh.size() - 1;
            JobQueue.enqueue(handle, new Job(Importer.PAYLOADS, "all"), now.plus(UNTIL_CHECKED));
        }
        ImportTable.end(handle, id, now);
        result.imported = fresh.size();
        fresh.forEach(one -> result.changed.add(one.candidate().place()));
        return result;
    }

    private Map<Named, Artifact> there(Handle handle) {
        var there = new HashMap<Named, Artifact>();
        fit.stream()
                .map(Examined.Fit::candidate)
                .collect(Collectors.groupingBy(
                        Candidate::place, Collectors.mapping(Candidate::name, Collectors.toList())))
                .forEach((place, names) -> Catalog.findAll(handle, place, names)
                        .forEach((name, artifact) -> there.put(new Named(place, name), artifact)));
        return there;
    }

    private void sort(Handle handle, Examined.Fit one, Map<Named, Artifact> there) {
        var candidate = one.candidate();
        var named = new Named(candidate.place(), candidate.name());
        var before = taken.putIfAbsent(named, candidate.received().sha256());
        if (before != null) {
            meet(candidate, before);
            return;
        }
        if (there.containsKey(named)) {
            meet(handle, candidate, Objects.requireNonNull(there.get(named)));
        } else if (isPatchedAsOfNow(handle, one)) {
            fresh.add(one);
        } else {
            refuse(
                    candidate,
                    new Problem(
                            Code.TOO_BUSY,
                            candidate.place() + " got other patch instructions while " + candidate.path()
                                    + " was imported"));
        }
    }

    private boolean isPatchedAsOfNow(Handle handle, Examined.Fit one) {
        var place = one.candidate().place();
        if (!patchedSince.containsKey(place)) {
            patchedSince.put(place, Catalog.patchPosition(handle, place));
        }
        return Objects.requireNonNull(patchedSince.get(place)) == one.patchedSince();
    }

    private void keepOriginals(Handle handle, long first) {
        var position = first;
        for (var one : fresh) {
            var patched = one.patched();
            if (patched.isPatched()) {
                Catalog.keepOriginal(handle, position, patched.changedFrom(), patched.patchedOut());
            }
            position++;
        }
    }

    /** The same name twice in one batch. */
    private void meet(Candidate candidate, Sha256 before) {
        if (before.equals(candidate.received().sha256())) {
            result.alreadyThere++;
        } else {
            refuse(candidate, conflict(candidate, before));
        }
    }

    private void meet(Handle handle, Candidate candidate, Artifact there) {
        if (!there.sha256().equals(candidate.received().sha256())) {
            refuse(candidate, conflict(candidate, there.sha256()));
        } else if (there.yanked()) {
            refuse(
                    candidate,
                    new Problem(Code.ARTIFACT_YANKED, candidate.path() + " is there with these bytes and was yanked"));
        } else {
            result.alreadyThere++;
            showAlso(handle, candidate, there);
        }
    }

    private void showAlso(Handle handle, Candidate candidate, Artifact there) {
        if (!Catalog.hasLabel(handle, there, aim.label())) {
            var entry = entry(Action.LABELLED, candidate.name(), there.sha256());
            result.position = Journal.append(handle, entry.saying(aim.label().text()));
            Catalog.addLabel(handle, there, aim.label(), result.position);
            result.changed.add(there.place());
        }
    }

    private void refuse(Candidate candidate, Problem problem) {
        result.refused.add(new ImportReport.Refused(candidate.path(), List.of(problem)));
    }

    private static Problem conflict(Candidate candidate, Sha256 there) {
        return new Problem(
                Code.NAME_CONFLICT,
                candidate.path() + " is there with SHA-256 " + there + ", this file has "
                        + candidate.received().sha256());
    }

    private NewArtifact artifact(Examined.Fit one) {
        var candidate = one.candidate();
        return new NewArtifact(
                candidate.place(),
                aim.label(),
                one.signed(),
                one.sayings(),
                candidate.received().sha256(),
                candidate.received().md5(),
                id,
                now);
    }

    private Entry entry(NewArtifact artifact) {
        return entry(Action.IMPORTED, artifact.signed().record().archiveName(), artifact.sha256())
                .saying(artifact.place().toString());
    }

    private Entry entry(Action action, ArchiveName name, Sha256 sha256) {
        return Entry.of(now, action, aim.channel().text(), name.fileName())
                .about(sha256)
                .by(aim.tokenId());
    }
}
