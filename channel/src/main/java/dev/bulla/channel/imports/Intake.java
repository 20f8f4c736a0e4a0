package dev.bulla.channel.imports;

import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.store.Incoming;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of another channel as they come in. One thread hands them over; others look into them and make the batch before
 * durable meanwhile. Not safe to share.
 */
public final class Intake implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final long BYTES_BETWEEN_LOOKS_AT_DISK = 64L << 20;
    private static final int BATCHES_UNDER_WAY = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final Shop shop;
    private final Aim aim;
    private final Examination examination;
    private final Runnable atEnd;
    private final ExecutorService examiners =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    private final ExecutorService committer = Executors.newSingleThreadExecutor();
    private final Deque<Future<BatchPromotion.Result>> underWay = new ArrayDeque<>();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final List<ImportReport.Refused> refused = new ArrayList<>();
    private final Set<Place> changed = new TreeSet<>(Comparator.comparing(Place::toString));
    private Batch batch;
    private long bytesUntilLook;
    private long position;
    private int imported;
    private int alreadyThere;

    Intake(Shop shop, Aim aim, Examination examination, Runnable atEnd) throws IOException {
        this.shop = shop;
        this.aim = aim;
        this.examination = examination;
        this.atEnd = atEnd;
        this.batch = new Batch(shop, aim);
    }

    /**
     * Takes a file in. What is wrong with it stands in the report.
     *
     * @param path {@code SUBDIR/FILE}
     * @param sizeBytes how long it is
     * @param body the bytes, not closed; not read when the path says enough
     * @throws IOException when it cannot be read, or the disk fails
     * @throws ProblemException {@link Code#STORAGE_FULL}, {@link Code#UPLOAD_TRUNCATED}
     */
    public void add(String path, long sizeBytes, InputStream body) throws IOException {
        try {
            var slash = path.indexOf('/');
            if (slash < 0 || sizeBytes > shop.limits().fileBytes()) {
                throw slash < 0 ? noPlace(path) : tooLarge(path);
            }
            var place = new Place(aim.channel(), Subdir.parse(path.substring(0, slash)));
            var name = ArchiveName.parse(path.substring(slash + 1));
            receive(path, place, name, sizeBytes, body);
        } catch (ProblemException problem) {
            if (problem.problem().code() == Code.STORAGE_FULL
                    || problem.problem().code() == Code.UPLOAD_TRUNCATED) {
                throw problem;
            }
            refuse(path, problem.problem());
        }
        if (batch.isFull()) {
            commitBatch();
        }
    }

    /**
     * Returns once everything is public that may be, and in the shards.
     *
     * @throws IOException when the disk fails; what is public already stays so
     */
    public ImportReport finish() throws IOException {
        if (!batch.isEmpty()) {
            commitBatch();
        }
        while (!underWay.isEmpty()) {
            account(underWay.remove());
        }
        show();
        LOG.info(
                "imported channel={} label={} imported={} already_there={} refused={} token={}",
                aim.channel(),
                aim.label(),
                imported,
                alreadyThere,
                refused.size(),
                aim.tokenId());
        return new ImportReport(imported, alreadyThere, refused, position);
    }

    private void show() throws IOException {
        for (var place : changed) {
            shop.indexes().show(new IndexUnit(place, aim.label()), position);
        }
        changed.clear();
    }

    private void receive(String path, Place place, ArchiveName name, long sizeBytes, InputStream body)
            throws IOException {
        requireSpace(sizeBytes);
        var incoming = shop.blobs().receive();
        var handedOver = false;
        try {
            copy(path, sizeBytes, body, incoming);
            var candidate = new Candidate(path, place, name, incoming, incoming.finish());
            batch.add(candidate, examiners.submit(() -> examination.of(candidate)));
            handedOver = true;
        } finally {
            if (!handedOver) {
                incoming.close();
            }
        }
    }

    private void copy(String path, long sizeBytes, InputStream body, Incoming incoming) throws IOException {
        for (var length = body.read(buffer); length >= 0; length = body.read(buffer)) {
            incoming.write(buffer, 0, length);
        }
        if (incoming.sizeBytes() != sizeBytes) {
            throw new ProblemException(
                    Code.UPLOAD_TRUNCATED,
                    path + ": " + incoming.sizeBytes() + " bytes arrived, " + sizeBytes + " were announced");
        }
    }

    private void requireSpace(long bytes) throws IOException {
        bytesUntilLook -= bytes;
        if (bytesUntilLook >= 0) {
            return;
        }
        bytesUntilLook = BYTES_BETWEEN_LOOKS_AT_DISK;
        if (shop.blobs().usableBytes() - bytes - BYTES_BETWEEN_LOOKS_AT_DISK
                < shop.limits().diskReserveBytes()) {
            throw new ProblemException(
                    Code.STORAGE_FULL,
                    "there is no space to go on: " + shop.limits().diskReserveBytes() + " bytes must stay free");
        }
    }

    private void commitBatch() throws IOException {
        var full = batch;
        batch = new Batch(shop, aim);
        while (underWay.size() >= BATCHES_UNDER_WAY) {
            account(underWay.remove());
        }
        underWay.add(committer.submit(() -> {
            try {
                return full.commit();
            } finally {
                full.close();
            }
        }));
    }

    private void account(Future<BatchPromotion.Result> ending) throws IOException {
        var result = await(ending);
        imported += result.imported;
        alreadyThere += result.alreadyThere;
        refused.addAll(result.refused);
        changed.addAll(result.changed);
        position = Math.max(position, result.position);
    }

    private static BatchPromotion.Result await(Future<BatchPromotion.Result> ending) throws IOException {
        try {
            return ending.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Code.SHUTTING_DOWN, "the server is stopping", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException("a batch did not end", e);
            }
        }
    }

    private void refuse(String path, Problem problem) {
        refused.add(new ImportReport.Refused(path, List.of(problem)));
    }

    private static ProblemException noPlace(String path) {
        return new ProblemException(Code.NAME_INVALID, path + " is no SUBDIR/FILE");
    }

    private ProblemException tooLarge(String path) {
        return new ProblemException(
                Code.UPLOAD_TOO_LARGE,
                path + " has more than the " + shop.limits().fileBytes() + " bytes allowed");
    }

    /** Ends it. What has become public before is shown, also where {@link #finish} was not come to. */
    @Override
    public void close() throws IOException {
        try {
            committer.close();
            examiners.close();
            batch.close();
            while (!underWay.isEmpty()) {
                account(underWay.remove());
            }
        } finally {
            atEnd.run();
            show();
        }
    }
}
