package dev.bulla.channel.imports;

import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.catalog.Sayings;
import dev.bulla.channel.metadata.ChannelMetadata;
import dev.bulla.channel.patch.Patches;
import dev.bulla.channel.patch.Rules;
import dev.bulla.conda.archive.ArchiveException;
import dev.bulla.conda.archive.ArchiveLimits;
import dev.bulla.conda.archive.PackageArchive;
import dev.bulla.conda.archive.PackageContents;
import dev.bulla.conda.repodata.PackageRecord;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a package says about itself, and makes its record. Safe to share.
 *
 * <p>Patch instructions are followed as they were at the first package of a subdir; the transaction that makes it public
 * finds out if others hold by then.
 */
final class Examination {
    private static final Logger LOG = LoggerFactory.getLogger(Examination.class);

    private final ChannelMetadata metadata;
    private final Patches patches;
    private final Clock clock;
    private final Map<Place, Rules> rules = new ConcurrentHashMap<>();

    /**
     * An examination.
     *
     * @param metadata whose keys sign
     * @param patches what holds for records
     * @param clock says when the channel lists it first
     */
    Examination(ChannelMetadata metadata, Patches patches, Clock clock) {
        this.metadata = metadata;
        this.patches = patches;
        this.clock = clock;
    }

    /** A package that cannot be examined is not fit. */
    Examined of(Candidate candidate) throws IOException {
        try {
            return fit(candidate);
        } catch (ArchiveException refused) {
            return new Examined.Unfit(candidate, refused.problems());
        } catch (ProblemException refused) {
            return new Examined.Unfit(candidate, List.of(refused.problem()));
        } catch (RuntimeException | StackOverflowError fault) {
            LOG.error("the examination failed by a fault of ours file={}", candidate.path(), fault);
            return new Examined.Unfit(
                    candidate,
                    List.of(new Problem(
                            Code.INTERNAL_ERROR, candidate.name() + " could not be checked, and so it is not taken")));
        }
    }

    private Examined fit(Candidate candidate) throws IOException {
        var received = candidate.received();
        var contents = PackageArchive.readInfo(received.file(), candidate.name(), ArchiveLimits.DEFAULT);
        requirePlace(candidate, contents);
        var record = PackageRecord.of(
                contents.index(),
                candidate.name(),
                received.sizeBytes(),
                received.sha256().hex(),
                received.md5(),
                clock.instant().toEpochMilli());
        var rules = Objects.requireNonNull(this.rules.computeIfAbsent(candidate.place(), patches::rules));
        var patched = rules.apply(record);
        return new Examined.Fit(
                candidate, metadata.sign(patched.shown()), Sayings.of(contents), patched, rules.position());
    }

    private static void requirePlace(Candidate candidate, PackageContents contents) {
        var subdir = contents.index().subdir();
        if (!subdir.equals(candidate.place().subdir())) {
            throw new ArchiveException(
                    Code.METADATA_MISMATCH,
                    candidate.name() + ": index.json says subdir " + subdir + ", it came as " + candidate.path());
        }
    }
}
