package dev.bulla.channel.index;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Folders;
import dev.bulla.conda.shards.ShardIndex;
import dev.bulla.conda.shards.ShardLimits;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What earlier processes have left in a unit's folder. A generation counts when its folder has the name of its position,
 * every digest is right and this journal has the entry that it names.
 *
 * @param folders everything but the shards and the labels
 * @param whole the generations that count, the newest first
 * @param position what the unit must show
 */
record LeftGenerations(IndexUnit unit, List<Path> folders, List<Generation> whole, long position) {
    private static final Set<String> OTHERS = Set.of("shards", "label");
    private static final Logger LOG = LoggerFactory.getLogger(LeftGenerations.class);

    static LeftGenerations in(Path folder, Database database, IndexUnit unit) throws IOException {
        var position = database.read(handle -> Catalog.changedPosition(handle, unit));
        var folders = folders(folder);
        var whole = new ArrayList<Generation>();
        for (var one : folders) {
            read(one)
                    .filter(found -> found.position() <= position.orElseThrow()
                            && database.read(handle -> Journal.has(
                                    handle,
                                    found.shards().position(),
                                    found.shards().at())))
                    .ifPresent(whole::add);
        }
        whole.sort(Comparator.comparingLong(Generation::position).reversed());
        return new LeftGenerations(unit, folders, whole, position.orElseThrow());
    }

    /** The files that show everything. */
    Optional<Generation> upToDate() {
        return whole.stream().filter(found -> found.position() == position).findFirst();
    }

    /** The newest shards of which there is an index; their files are not yet checked. */
    Optional<ShardGeneration> newest() throws IOException {
        if (whole.isEmpty()) {
            return Optional.empty();
        }
        var newest = whole.getFirst();
        var file = newest.file(Dialect.CONDA, Indexes.SHARD_INDEX);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        var index = ShardIndex.parse(Files.readAllBytes(newest.path(file.get())), ShardLimits.DEFAULT);
        var subdir = unit.place().subdir();
        return Optional.of(
                new ShardGeneration(newest.shards().position(), newest.shards().at(), subdir, index.shards(), 0));
    }

    /** Removes all of them but this one. */
    void delete(Path kept) throws IOException {
        for (var folder : folders) {
            if (!folder.equals(kept)) {
                Folders.deleteTree(folder);
            }
        }
    }

    private static List<Path> folders(Path folder) throws IOException {
        var found = new ArrayList<Path>();
        try (var all = Files.newDirectoryStream(folder)) {
            all.forEach(found::add);
        }
        found.removeIf(path -> OTHERS.contains(path.getFileName().toString()));
        return found;
    }

    private static Optional<Generation> read(Path folder) {
        if (!Files.exists(folder.resolve(Manifest.NAME))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Manifest.read(folder))
                    .filter(found -> folder.getFileName().toString().equals(Long.toString(found.position())));
        } catch (IOException damaged) {
            LOG.warn("index files are damaged and are made again folder={} why={}", folder, damaged.getMessage());
            return Optional.empty();
        }
    }
}
