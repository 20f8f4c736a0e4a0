package dev.bulla.channel.imports;

import dev.bulla.channel.catalog.Artifact;
import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.catalog.Payload;
import dev.bulla.channel.catalog.Payloads;
import dev.bulla.channel.catalog.Payloads.Waiting;
import dev.bulla.channel.catalog.Yank;
import dev.bulla.channel.ledger.Action;
import dev.bulla.channel.ledger.Entry;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.conda.archive.ArchiveException;
import dev.bulla.conda.archive.ArchiveLimits;
import dev.bulla.conda.archive.PackageArchive;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the checks of an upload that an import leaves for later. What fails is yanked, and so is what cannot be checked
 * by a fault of ours: nothing passes unseen. A disk that cannot be read decides nothing; it is tried again.
 *
 * @param shop what it works with
 */
record PayloadChecks(Shop shop) {
    private static final int AT_ONCE = 64;
    private static final int LONGEST_REASON = 1000;
    private static final Duration A_WHILE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(PayloadChecks.class);

    /** How a check has ended; with a problem when it failed. */
    private record Verdict(
            Waiting waiting, Payload payload, @Nullable Problem problem) {}

    /** Checks for a while; true when more may wait. */
    boolean run() throws IOException {
        var end = System.nanoTime() + A_WHILE.toNanos();
        var after = 0L;
        Optional<IOException> unreadable = Optional.empty();
        while (System.nanoTime() < end) {
            var from = after;
            var waiting = shop.database().read(handle -> Payloads.waiting(handle, from, AT_ONCE));
            if (waiting.isEmpty()) {
                if (unreadable.isPresent()) {
                    throw unreadable.get();
                }
                return false;
            }
            var verdicts = new ArrayList<Verdict>();
            for (var one : waiting) {
                after = one.artifact().position();
                try {
                    verdicts.add(check(one));
                } catch (IOException failure) {
                    LOG.error("a payload cannot be read file={}", one.name(), failure);
                    unreadable = Optional.of(failure);
                }
            }
            note(verdicts);
        }
        return true;
    }

    private Verdict check(Waiting waiting) throws IOException {
        var file = shop.blobs().file(waiting.artifact().sha256());
        try {
            var contents = PackageArchive.readImported(file, waiting.name(), ArchiveLimits.DEFAULT);
            return new Verdict(waiting, contents.pathsListed() ? Payload.CHECKED : Payload.NO_PATHS, null);
        } catch (ArchiveException refused) {
            return new Verdict(waiting, Payload.FAILED, refused.problems().getFirst());
        } catch (RuntimeException | StackOverflowError fault) {
            LOG.error("a payload's check failed by a fault of ours file={}", waiting.name(), fault);
            return new Verdict(
                    waiting, Payload.FAILED, new Problem(Code.INTERNAL_ERROR, "the payload could not be checked"));
        }
    }

    private void note(List<Verdict> verdicts) throws IOException {
        var now = shop.clock().instant();
        var changed = shop.database().write(handle -> {
            var units = new HashMap<IndexUnit, Long>();
            verdicts.forEach(verdict -> note(handle, verdict, now, units));
            return units;
        });
        for (Map.Entry<IndexUnit, Long> unit : changed.entrySet()) {
            shop.indexes().show(unit.getKey(), unit.getValue());
        }
    }

    private static void note(Handle handle, Verdict verdict, Instant now, Map<IndexUnit, Long> units) {
        var artifact = verdict.waiting().artifact();
        Payloads.set(handle, artifact, verdict.payload());
        if (verdict.problem() == null) {
            return;
        }
        var current = Catalog.find(handle, artifact.place(), verdict.waiting().name());
        if (current.isEmpty() || current.get().yanked()) {
            return;
        }
        var position = yank(handle, verdict, current.get(), now);
        Catalog.labels(handle, artifact).forEach(label -> units.put(new IndexUnit(artifact.place(), label), position));
    }

    private static long yank(Handle handle, Verdict verdict, Artifact artifact, Instant now) {
        var text = "the check of its payload failed: " + verdict.problem();
        var reason = text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
        var place = artifact.place();
        var subject = place.subdir() + "/" + verdict.waiting().name();
        var entry = Entry.of(now, Action.YANKED, place.channel().text(), subject)
                .about(artifact.sha256())
                .saying(reason);
        var position = Journal.append(handle, entry);
        Catalog.yank(handle, artifact, new Yank(now, reason), position);
        LOG.warn(
                "yanked an imported artifact place={} file={} reason={}",
                place,
                verdict.waiting().name(),
                reason);
        return position;
    }
}
