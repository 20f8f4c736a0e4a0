package dev.bulla.channel.index;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Folders;
import dev.bulla.conda.shards.ShardIndex;
import dev.bulla.conda.shards.ShardLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What earlier processes have left in the folder of a unit and view. A generation counts when its folder has the name of
 * its position, every digest is right and this journal has the entry that it names.
 *
 * @param folders all that is there
 * @param newest the newest generation that counts; it may be behind
 */
record LeftGenerations(List<Path> folders, Optional<Generation> newest) {
    private static final int MOST_DIGITS = 18;
    private static final Logger LOG = LoggerFactory.getLogger(LeftGenerations.class);

    static LeftGenerations in(Path folder, Database database, IndexUnit unit) throws IOException {
        var folders = folders(folder);
        var position =
                database.read(handle -> Catalog.changedPosition(handle, unit)).orElseThrow();
        var named = folders.stream()
                .filter(LeftGenerations::isNamed)
                .sorted(Comparator.comparingLong(LeftGenerations::position).reversed())
                .toList();
        for (var one : named) {
            var found = read(one)
                    .filter(generation -> generation.position() <= position && has(database, generation.point()));
            if (found.isPresent()) {
                return new LeftGenerations(folders, found);
            }
        }
        return new LeftGenerations(folders, Optional.empty());
    }

    private static boolean has(Database database, Generation.Point point) {
        return database.read(handle -> Journal.has(handle, point.position(), point.at()));
    }

    /** The shards of which an index is kept with it; their files are not yet checked. */
    Optional<ShardGeneration> shards(Database database, IndexUnit unit) throws IOException {
        var kept = newest.map(Generation::kept);
        if (kept.isEmpty() || !has(database, kept.get().point())) {
            return Optional.empty();
        }
        var point = kept.get().point();
        var index = ShardIndex.parse(Files.readAllBytes(kept.get().file().path()), ShardLimits.DEFAULT);
        return Optional.of(
                new ShardGeneration(point.position(), point.at(), unit.place().subdir(), index.shards(), 0));
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
        return found;
    }

    private static boolean isNamed(Path folder) {
        var name = folder.getFileName().toString();
        return name.matches("[0-9]{1," + MOST_DIGITS + "}") && Files.exists(folder.resolve(Manifest.NAME));
    }

    private static long position(Path folder) {
        return Long.parseLong(folder.getFileName().toString());
    }

    private static Optional<Generation> read(Path folder) {
        try {
            return Optional.of(Manifest.read(folder)).filter(found -> found.position() == position(folder));
        } catch (IOException damaged) {
            LOG.warn("index files are damaged and are made again folder={} why={}", folder, damaged.getMessage());
            return Optional.empty();
        }
    }
}
