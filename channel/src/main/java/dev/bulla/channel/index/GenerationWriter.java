package dev.bulla.channel.index;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.index.Generation.KeptShards;
import dev.bulla.channel.index.Generation.Point;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Disk;
import dev.bulla.channel.store.Folders;
import dev.bulla.conda.index.DamagedIndexException;
import dev.bulla.conda.index.IndexForm;
import dev.bulla.conda.index.SplicedIndex;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes generations from one snapshot of the catalog: what was changed since the one before is read, everything else is
 * copied from its files. Nothing is forced to disk, since all of it can be made again; digests tell what a power cut has
 * left of it.
 *
 * @param database where the records are
 * @param disk the effects on files
 */
record GenerationWriter(Database database, Disk disk) {
    static final String BUILDING = "building";
    private static final Logger LOG = LoggerFactory.getLogger(GenerationWriter.class);

    /**
     * What is wanted.
     *
     * @param unit of which unit
     * @param view with whose signatures
     * @param folder where generations of this unit and view are
     * @param shards whose index is kept with the files; null keeps none
     */
    record Order(
            IndexUnit unit,
            Dialect view,
            Path folder,
            @Nullable ShardGeneration shards) {}

    /** Writes the newest generation into a folder below the order's. */
    Generation write(Order order, @Nullable Generation before, Instant now) throws IOException {
        try {
            return make(order, before, now);
        } catch (DamagedIndexException damaged) {
            LOG.warn("index files were damaged and are made from nothing why={}", damaged.getMessage());
            return make(order, null, now);
        }
    }

    private Generation make(Order order, @Nullable Generation before, Instant now) throws IOException {
        var building = order.folder().resolve(BUILDING);
        Folders.deleteTree(building);
        Files.createDirectories(building);
        try {
            var written = database.read(handle -> write(handle, building, order, before));
            var builtAt = now.truncatedTo(ChronoUnit.SECONDS);
            var kept = order.shards() == null ? null : keep(order.shards(), building);
            var made = new Generation(written.point(), builtAt, building, written.documents(), kept);
            Manifest.write(made);
            var named = order.folder().resolve(Long.toString(written.point().position()));
            Folders.deleteTree(named); // what an earlier process left and nobody is pointed to
            disk.move(building, named);
            return made.movedTo(named);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    /** What has come of one snapshot. */
    private record Written(Point point, List<SplicedIndex> documents) {}

    /** For the next start; readers get it from memory. */
    private static KeptShards keep(ShardGeneration shards, Path building) throws IOException {
        var path = building.resolve(Indexes.SHARD_INDEX);
        Files.write(path, shards.index());
        var file = new GenerationFile(path, shards.indexSha256(), shards.index().length);
        return new KeptShards(new Point(shards.position(), shards.at()), file);
    }

    private static Written write(Handle handle, Path building, Order order, @Nullable Generation earlier) {
        var patched = order.view() == Dialect.CONDA
                && Catalog.patchPosition(handle, order.unit().place()) > 0;
        var before = earlier != null && patched && lacksOriginals(earlier) ? null : earlier;
        var position = Catalog.changedPosition(handle, order.unit())
                .orElseThrow(() -> new IllegalStateException("there is no index of " + order.unit()));
        try (var writing = Documents.open(building, order, before, patched)) {
            if (before == null) {
                Catalog.forEach(handle, order.unit(), writing::add);
            } else {
                for (var name : Catalog.namesChangedAfter(handle, order.unit(), before.position())) {
                    writing.change(name);
                    Catalog.forEachOfPackage(handle, order.unit(), name, writing::add);
                }
            }
            return new Written(new Point(position, Journal.at(handle, position)), writing.finish());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The first generation after patch instructions came makes one document more, and so all of them from nothing. */
    private static boolean lacksOriginals(Generation generation) {
        return generation.document(IndexForm.FROM_PACKAGES).isEmpty();
    }
}
