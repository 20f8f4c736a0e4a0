package dev.bulla.channel.index;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.store.DataFolder;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Disk;
import dev.bulla.channel.store.Folders;
import dev.bulla.trust.json.Dialect;
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
        noteStrangers(folder, report);
        var conda = newest(Workshop.folder(folder, Dialect.CONDA), position, report);
        var shards = new ShardFolder(folder.resolve(Workshop.SHARDS), shop.disk(), shop.clock());
        var remade = checkShards(conda, new ShardCheck(shop.database(), unit, shards, report), report);
        for (var view : Dialect.values()) {
            var found = view == Dialect.CONDA ? conda : newest(Workshop.folder(folder, view), position, report);
            var kept = view == Dialect.CONDA ? remade.orElse(null) : null;
            var order = new GenerationWriter.Order(unit, view, scratch, kept);
            if (found.isPresent() && found.get().position() < position) {
                report.note("the files that list it whole for " + view + " show position "
                        + found.get().position() + " of " + position + "; the next start makes them");
            } else if (found.isPresent()) {
                compare(order, found.get(), report);
            }
        }
        return report;
    }

    private static Optional<ShardGeneration> checkShards(
            Optional<Generation> conda, ShardCheck check, UnitReport report) throws IOException {
        if (conda.isPresent()) {
            return Optional.of(check.check(conda.get()));
        }
        report.note("there is no index up to now; the next start makes it");
        check.loose(Set.of());
        return Optional.empty();
    }

    private static void noteStrangers(Path folder, UnitReport report) throws IOException {
        for (var stranger : Workshop.strangers(folder)) {
            report.note(stranger.getFileName() + " is none of its files; the next start removes it");
        }
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
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private boolean isOfThisJournal(Path folder, Generation found, long position) {
        return folder.getFileName().toString().equals(Long.toString(found.position()))
                && found.position() <= position
                && shop.database()
                        .read(handle -> Journal.has(
                                handle, found.point().position(), found.point().at()));
    }

    private void compare(GenerationWriter.Order order, Generation found, UnitReport report) throws IOException {
        try {
            var expected = files(shop.writer().write(order, null, found.builtAt()));
            files(found).forEach((name, sha256) -> {
                report.compared();
                var other = expected.remove(name);
                if (other == null) {
                    report.damage(found.folder(), name + " is none of its files");
                } else if (!other.equals(sha256)) {
                    report.damage(
                            found.folder(),
                            "%s has SHA-256 %s, made from the store it has %s".formatted(name, sha256, other));
                }
            });
            expected.keySet().forEach(name -> report.damage(found.folder(), name + " is missing"));
        } finally {
            Folders.deleteTree(scratch);
        }
    }

    /** File name → digest. */
    private static Map<String, String> files(Generation generation) {
        var files = new HashMap<String, String>();
        for (var document : generation.documents()) {
            document.files().forEach(file -> files.put(file.path().getFileName().toString(), file.sha256()));
        }
        var kept = generation.kept();
        if (kept != null) {
            files.put(kept.file().name(), kept.file().sha256().hex());
        }
        return files;
    }
}
