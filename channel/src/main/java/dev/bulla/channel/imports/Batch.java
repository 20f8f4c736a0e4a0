package dev.bulla.channel.imports;

import dev.bulla.channel.store.BlobBatch;
import dev.bulla.channel.store.BlobPins;
import dev.bulla.channel.store.Ids;
import dev.bulla.channel.store.Received;
import dev.bulla.channel.store.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Files that become durable and public together. Filled by one thread and then ended by another.
 *
 * <p>Order: its row names the addresses; bytes and names of all files are synced; then the transaction of {@link
 * BatchPromotion}. What no artifact names in the end is removed from the store.
 */
final class Batch {
    private final Shop shop;
    private final Aim aim;
    private final BlobBatch blobs;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Future<Examined>> examined = new ArrayList<>();
    private long bytes;

    Batch(Shop shop, Aim aim) throws IOException {
        this.shop = shop;
        this.aim = aim;
        this.blobs = shop.blobs().batch();
    }

    void add(Candidate candidate, Future<Examined> examination) {
        candidates.add(candidate);
        examined.add(examination);
        bytes += candidate.received().sizeBytes();
    }

    boolean isEmpty() {
        return candidates.isEmpty();
    }

    boolean isFull() {
        return candidates.size() >= shop.limits().batchFiles()
                || bytes >= shop.limits().batchBytes();
    }

    /** Makes public what is fit. */
    BatchPromotion.Result commit() throws IOException, InterruptedException {
        var unfit = new ArrayList<ImportReport.Refused>();
        var fit = new ArrayList<Examined.Fit>();
        for (var one : examined) {
            switch (result(one)) {
                case Examined.Fit found -> fit.add(found);
                case Examined.Unfit found ->
                    unfit.add(new ImportReport.Refused(found.candidate().path(), found.problems()));
            }
        }
        var result = fit.isEmpty() ? new BatchPromotion.Result() : commit(fit);
        result.refused.addAll(unfit);
        return result;
    }

    private static Examined result(Future<Examined> examination) throws IOException, InterruptedException {
        try {
            return examination.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException("an examination did not end", e);
            }
        }
    }

    private BatchPromotion.Result commit(List<Examined.Fit> fit) throws IOException {
        var received = fit.stream().map(one -> one.candidate().received()).toList();
        var id = Ids.next(shop.clock().instant(), shop.random());
        var pins = new ArrayList<BlobPins.Pin>();
        try {
            received.forEach(one -> pins.add(shop.pins().pin(one.sha256())));
            var addresses = received.stream().map(Received::sha256).toList();
            shop.database()
                    .change(handle -> ImportTable.begin(
                            handle, id, aim, addresses, shop.clock().instant()));
            return promote(id, fit, received, pins);
        } finally {
            for (var pin : pins) {
                pin.close();
            }
        }
    }

    private BatchPromotion.Result promote(
            String id, List<Examined.Fit> fit, List<Received> received, List<BlobPins.Pin> pins) throws IOException {
        var moved = new HashSet<>(blobs.keep(received));
        fit.stream()
                .map(Examined.Fit::candidate)
                .filter(candidate -> moved.contains(candidate.received()))
                .forEach(candidate -> candidate.incoming().gone());
        var promotion = new BatchPromotion(id, aim, fit, shop.clock().instant());
        var result = shop.database().write(promotion::run);
        if (result.imported == fit.size()) {
            pins.forEach(BlobPins.Pin::named);
        }
        return result;
    }

    /** Removes what was received and not kept. */
    void close() throws IOException {
        blobs.close();
        for (var candidate : candidates) {
            candidate.incoming().close();
        }
    }

    /** What an earlier process has left: bytes that no artifact names. */
    static void recover(Shop shop) throws IOException {
        for (var open : shop.database().read(ImportTable::open)) {
            for (Sha256 address : open.addresses()) {
                shop.pins().pin(address).close();
            }
            shop.database()
                    .change(handle ->
                            ImportTable.end(handle, open.id(), shop.clock().instant()));
        }
    }
}
