package dev.bulla.channel.publish;

import dev.bulla.channel.catalog.Artifact;
import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.catalog.Sayings;
import dev.bulla.channel.catalog.SignedRecord;
import dev.bulla.channel.patch.Patches;
import dev.bulla.channel.publish.PublishResult.Rejected;
import dev.bulla.channel.store.BlobPins;
import dev.bulla.channel.store.Blobs;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Ids;
import dev.bulla.channel.store.Sha256;
import dev.bulla.channel.token.ApiToken;
import dev.bulla.conda.archive.ArchiveException;
import dev.bulla.conda.archive.ArchiveLimits;
import dev.bulla.conda.archive.PackageContents;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.repodata.PackageRecord;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of an upload, step by step: received → staged → checked → promoted. Each step is durable before the next one
 * begins, so that a crash leaves a submission that is staged, which the next start abandons, or promoted, which it
 * indexes. Safe to share.
 */
public final class PublishPipeline {
    /** The kind of job that removes bytes which nobody names; its subject is their SHA-256. */
    public static final String COLLECTION = "collect-bytes";

    private static final Logger LOG = LoggerFactory.getLogger(PublishPipeline.class);

    private final Database database;
    private final Blobs blobs;
    private final BlobPins pins;
    private final Reception reception;
    private final Checks checks;
    private final Patches patches;
    private final Clock clock;
    private final RandomGenerator random;

    /** A pipeline of one data folder. */
    public PublishPipeline(Database database, Blobs blobs, Limits limits, Clock clock, RandomGenerator random) {
        this.database = database;
        this.blobs = blobs;
        this.pins = new BlobPins(
                blobs,
                sha256 -> database.read(
                        handle -> Catalog.isNamed(handle, sha256) || SubmissionTable.isNamed(handle, sha256)));
        this.reception = new Reception(blobs, limits.uploadBytes(), limits.diskReserveBytes());
        this.checks = new Checks(blobs, ArchiveLimits.DEFAULT);
        this.patches = new Patches(database, clock);
        this.clock = clock;
        this.random = random;
    }

    /**
     * What is taken.
     *
     * @param uploadBytes the largest file
     * @param diskReserveBytes what must stay free on the disk
     */
    public record Limits(long uploadBytes, long diskReserveBytes) {}

    /** Where the uploader wants it: in this subdir, if one was named, and under this label. */
    private record Wish(@Nullable Subdir place, Label label) {
        static Wish of(Upload upload) {
            return new Wish(upload.place(), upload.shownUnder());
        }
    }

    /** Who in this process is about to name which bytes. */
    public BlobPins pins() {
        return pins;
    }

    /** What is free on the disk, and what must stay so. */
    public Space space() throws IOException {
        return reception.space();
    }

    /** Ends what an earlier process left staged: its uploader got no answer, so it may go. */
    public void recover() {
        for (var leftOver : database.read(SubmissionTable::staged)) {
            database.change(handle -> Submissions.abandon(handle, leftOver, clock.instant()));
            LOG.info("abandoned what was staged at the last stop file={}", leftOver.fileName());
        }
    }

    /** Removes these bytes unless a row or an upload that is under way names them. */
    public void collect(Sha256 address) throws IOException {
        pins.pin(address).close();
    }

    /**
     * Takes an upload as far as its promotion; the index does not show it yet, the result's generation will.
     *
     * @throws ProblemException {@link Code#STORAGE_FULL}
     */
    public PublishResult publish(Target target, Upload upload, ApiToken token) throws IOException {
        try (var incoming = blobs.receive()) {
            var name = ArchiveName.parse(upload.fileName());
            var received = reception.receive(upload, incoming);
            var now = clock.instant();
            var submission = new Submission(Ids.next(now, random), target.channel(), name, received, token.id(), now);
            var wish = Wish.of(upload);
            var known = known(submission, wish);
            if (known.isPresent()) {
                restore(submission, known.get());
                return known.get();
            }
            return stage(target, submission, wish);
        } catch (ProblemException refused) {
            if (refused.problem().code() == Code.STORAGE_FULL) {
                throw refused;
            }
            return new Rejected(List.of(refused.problem()));
        }
    }

    /** Bytes that are there already may be lost or damaged on the disk: the very same have just come. */
    private void restore(Submission submission, PublishResult known) throws IOException {
        if (known instanceof PublishResult.Published && blobs.restore(submission.received())) {
            LOG.warn(
                    "stored bytes were lost or damaged, an upload of the same brought them back file={} sha256={}",
                    submission.name(),
                    submission.received().sha256());
        }
    }

    /** What can be said without looking into the archive. */
    private Optional<PublishResult> known(Submission submission, Wish wish) {
        var place = wish.place();
        return database.read(handle -> Catalog.named(handle, submission.channel(), submission.name())).stream()
                .filter(artifact ->
                        place == null || place.equals(artifact.place().subdir()))
                .filter(artifact -> place != null
                        || artifact.sha256().equals(submission.received().sha256()))
                .findFirst()
                .map(artifact -> meet(submission, artifact, wish.label()));
    }

    /** Only what is to be changed is looked up again, since it may be another by then. */
    private PublishResult meet(Submission submission, Artifact artifact, Label label) {
        var conflict = Promotion.conflict(submission, artifact);
        if (conflict.isPresent()) {
            return new Rejected(List.of(conflict.get()));
        }
        if (database.read(handle -> Catalog.hasLabel(handle, artifact, label))) {
            return Promotion.alreadyThere(submission, artifact, artifact.changedPosition());
        }
        return database.write(handle -> Promotion.showAlso(handle, submission, artifact, label, clock.instant()));
    }

    private PublishResult stage(Target target, Submission submission, Wish wish) throws IOException {
        try (var pin = pins.pin(submission.received().sha256())) {
            stage(submission);
            var result = decide(target, submission, wish);
            if (result instanceof PublishResult.Published) {
                pin.named();
            }
            return result;
        }
    }

    /** The disk takes the row and the bytes at the same time; the bytes get their address only once a row names it. */
    private void stage(Submission submission) throws IOException {
        var row = database.writeLater(handle -> {
            Submissions.stage(handle, submission);
            return submission;
        });
        try {
            blobs.sync(submission.received());
        } catch (IOException | RuntimeException failure) {
            row.await();
            abandon(submission, failure);
            throw failure;
        }
        row.await();
    }

    private PublishResult decide(Target target, Submission submission, Wish wish) throws IOException {
        try {
            blobs.place(submission.received());
            return check(target, submission, wish);
        } catch (IOException | RuntimeException failure) {
            abandon(submission, failure);
            throw failure;
        }
    }

    private PublishResult check(Target target, Submission submission, Wish wish) throws IOException {
        try {
            return promote(target, submission, wish.label(), checks.pass(submission, wish.place()));
        } catch (ArchiveException refused) {
            return refuse(submission, refused.problems());
        }
    }

    /** A record that cannot be signed is the fault of the package. */
    private PublishResult promote(Target target, Submission submission, Label label, PackageContents contents) {
        var now = clock.instant();
        var received = submission.received();
        var record = PackageRecord.of(
                contents.index(),
                submission.name(),
                received.sizeBytes(),
                received.sha256().hex(),
                received.md5(),
                now.toEpochMilli());
        var place = new Place(target.channel(), contents.index().subdir());
        while (true) {
            Promotion.Patching patching;
            SignedRecord signed;
            try {
                patching = patch(place, record);
                signed = target.metadata().sign(patching.record().shown());
            } catch (ProblemException unsignable) {
                return refuse(submission, List.of(unsignable.problem()));
            }
            var promotion = new Promotion(submission, place, label, signed, Sayings.of(contents), patching, now);
            var result = database.write(promotion::run);
            if (result.isPresent()) {
                return result.get();
            }
        }
    }

    /** The record as the subdir's patch instructions want it. */
    private Promotion.Patching patch(Place place, PackageRecord record) {
        var rules = patches.rules(place);
        return new Promotion.Patching(rules.position(), rules.apply(record));
    }

    private Rejected refuse(Submission submission, List<Problem> problems) {
        var summary = Checks.summary(problems);
        database.write(
                handle -> Submissions.end(handle, submission, SubmissionState.REFUSED, summary, clock.instant()));
        return new Rejected(problems);
    }

    private void abandon(Submission submission, Exception failure) {
        try {
            database.write(handle -> Submissions.end(
                    handle, submission, SubmissionState.ABANDONED, "the server failed", clock.instant()));
        } catch (RuntimeException further) {
            failure.addSuppressed(further); // the next start abandons it
        }
    }
}
