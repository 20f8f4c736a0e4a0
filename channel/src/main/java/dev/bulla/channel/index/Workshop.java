package dev.bulla.channel.index;

import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.store.DataFolder;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Disk;
import java.nio.file.Path;
import java.time.Clock;

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
                : subdir.resolve("label").resolve(unit.label().text().replace('/', '+'));
    }
}
