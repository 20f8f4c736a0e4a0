package dev.bulla.channel.index;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.store.DataFolder;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Disk;
import dev.bulla.channel.store.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the index files of a data folder that nobody serves against the store: makes each of them once more, from nothing,
 * and compares. It changes nothing. What a unit does not show yet, since the server ended before, is no damage.
 */
public final class IndexCheck {
    private static final Set<String> OTHERS = Set.of("shards", "label");

    private final Workshop shop;
    private final Path scratch;

    /** With a folder of its own, which may need as much space as the largest index; it is removed after use. */
    public IndexCheck(DataFolder data, Database database, Disk disk, Clock clock, Path scratch) {
        this.shop = new Workshop(data, database, disk, clock, Pace.DEFAULT);
        this.scratch = scratch;
    }

    /**
     * Looks at one unit.
     *
     * @throws IOException when its files cannot be read, or not be made once more
     */
    public UnitReport check(IndexUnit unit) throws IOException {
        var report = new UnitReport(unit);
        var position = shop.database()
                .read(handle -> Catalog.changedPosition(handle, unit))
                .orElseThrow();
        var folder = shop.folder(unit);
        var newest = Files.isDirectory(folder) ? newest(folder, position, report) : Optional.<Generation>empty();
        var shards = new ShardFolder(folder.resolve("shards"), shop.disk(), shop.clock());
        if (newest.isEmpty()) {
            report.note("there is no index up to now; the next start makes it");
            new ShardCheck(shop.database(), unit, shards, report).loose(Set.of());
            return report;
        }
        var remade = new ShardCheck(shop.database(), unit, shards, report).check(newest.get());
        if (newest.get().position() < position) {
            report.note("the files that list it whole show position "
                    + newest.get().position() + " of " + position + "; the next start makes them");
        } else {
            compare(unit, newest.get(), remade, report);
        }
        return report;
    }

    /** The newest generation that is whole and of this journal. */
    private Optional<Generation> newest(Path folder, long position, UnitReport report) throws IOException {
        var whole = new ArrayList<Generation>();
        for (var one : folders(folder)) {
            if (!Files.exists(one.resolve(Manifest.NAME))) {
                report.note(one.getFileName() + " was left by a build that was cut short; the next start removes it");
                continue;
            }
            try {
                var found = Manifest.read(one);
                if (isOfThisJournal(one, found, position)) {
                    whole.add(found);
                } else {
                    report.damage(one, "the generation in " + one.getFileName() + " is not of this journal");
                }
            } catch (IOException damaged) {
                report.damage(one, String.valueOf(damaged.getMessage()));
            }
        }
        return whole.stream().max(Comparator.comparingLong(Generation::position));
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.filter(path -> !OTHERS.contains(path.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private boolean isOfThisJournal(Path folder, Generation found, long position) {
        return folder.getFileName().toString().equals(Long.toString(found.position()))
                && found.position() <= position
                && shop.database()
                        .read(handle -> Journal.has(
                                handle,
                                found.shards().position(),
                                found.shards().at()));
    }

    private void compare(IndexUnit unit, Generation found, ShardGeneration shards, UnitReport report)
            throws IOException {
        try {
            var made = shop.writer().write(unit, shards, scratch, found.builtAt());
            var expected = files(made);
            files(found).forEach((name, file) -> {
                report.compared();
                var other = expected.remove(name);
                if (other == null) {
                    report.damage(found.folder(), name + " is none of its files");
                } else if (!other.sha256().equals(file.sha256())) {
                    report.damage(
                            found.folder(),
                            "%s has SHA-256 %s, made from the store it has %s"
                                    .formatted(name, file.sha256(), other.sha256()));
                }
            });
            expected.keySet().forEach(name -> report.damage(found.folder(), name + " is missing"));
        } finally {
            Folders.deleteTree(scratch);
        }
    }

    private static Map<String, GenerationFile> files(Generation generation) {
        var files = new HashMap<String, GenerationFile>();
        for (var file : generation.files()) {
            var path = generation.folder().relativize(generation.path(file));
            files.put(path.toString(), file);
        }
        return files;
    }
}
