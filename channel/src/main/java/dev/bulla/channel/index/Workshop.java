package dev.bulla.channel.index;

import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.store.DataFolder;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Disk;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What indexes are made from and with.
 *
 * @param data where their folders are
 * @param database where the records are
 * @param disk the effects on files
 * @param clock the time
 * @param pace when whole lists are made
 */
record Workshop(DataFolder data, Database database, Disk disk, Clock clock, Pace pace) {
    /** The folder in a unit's that has its shards. */
    static final String SHARDS = "shards";

    /** The folder in a subdir's that has those of its labels. */
    private static final String LABELS = "label";

    GenerationWriter writer() {
        return new GenerationWriter(database, disk);
    }

    /** Where a unit's files are; a label's slash is written as +, which no label has. */
    Path folder(IndexUnit unit) {
        var subdir = data.index()
                .resolve(unit.place().channel().text())
                .resolve(unit.place().subdir().text());
        return unit.isMain()
                ? subdir
                : subdir.resolve(LABELS).resolve(unit.label().text().replace('/', '+'));
    }

    /** Where in a unit's folder the generations for this view are. */
    static Path folder(Path unit, Dialect view) {
        return unit.resolve(view.name().toLowerCase(Locale.ROOT));
    }

    /** What is in a unit's folder and belongs to nothing. */
    static List<Path> strangers(Path unit) throws IOException {
        if (!Files.isDirectory(unit)) {
            return List.of();
        }
        var known = Set.of(
                unit.resolve(SHARDS),
                unit.resolve(LABELS),
                folder(unit, Dialect.CONDA),
                folder(unit, Dialect.LIBMAMBA));
        try (var all = Files.list(unit)) {
            return all.filter(path -> !known.contains(path)).sorted().toList();
        }
    }
}
