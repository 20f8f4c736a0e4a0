package dev.bulla.channel.index;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.shards.ShardIndex;
import dev.bulla.conda.shards.ShardLimits;
import dev.bulla.conda.shards.ShardMap;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Makes every shard of a unit once more and holds it against the file that the unit's shard index names, byte for byte.
 *
 * @param database where the records are
 * @param unit whose shards
 * @param folder where their files are
 * @param report gets what is seen
 */
record ShardCheck(Database database, IndexUnit unit, ShardFolder folder, UnitReport report) {
    /**
     * Looks at the shards that this generation's index names; packages that were changed later are not judged.
     *
     * @return what its shard index must be: as the store has it if nothing was changed later, as it stands otherwise
     */
    ShardGeneration check(Generation generation) throws IOException {
        var found = found(generation);
        try {
            return database.read(handle -> check(handle, generation, found));
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private ShardMap found(Generation generation) throws IOException {
        var kept = generation.kept();
        if (kept == null) {
            return ShardMap.EMPTY; // that it is missing is found when the generation's files are compared
        }
        try {
            var bytes = Files.readAllBytes(kept.file().path());
            return ShardIndex.parse(bytes, ShardLimits.DEFAULT).shards();
        } catch (ProblemException damaged) {
            report.damage(generation.folder(), damaged.problem().detail());
            return ShardMap.EMPTY;
        }
    }

    private ShardGeneration check(Handle handle, Generation generation, ShardMap found) {
        var kept = generation.kept();
        var point = kept == null ? generation.point() : kept.point();
        var later = new HashSet<>(Catalog.namesChangedAfter(handle, unit, point.position()));
        var hashes = new TreeMap<String, Optional<byte[]>>();
        for (var name : Catalog.namesChangedAfter(handle, unit, 0)) {
            var shard = ShardWriter.encode(handle, unit, name);
            hashes.put(name, shard.map(bytes -> Sha256.digest(bytes).bytes()));
            if (!later.contains(name)) {
                compare(generation, name, shard, found.hash(name));
            }
        }
        for (var name : found.names()) {
            if (!hashes.containsKey(name)) {
                report.damage(generation.folder(), "its shard index names " + name + ", of which it has nothing");
            }
        }
        loose(named(found));
        var shown = later.isEmpty() ? ShardMap.EMPTY.changed(hashes) : found;
        return new ShardGeneration(point.position(), point.at(), unit.place().subdir(), shown, 0);
    }

    private void compare(Generation generation, String name, Optional<byte[]> made, Optional<byte[]> named) {
        report.compared();
        if (made.isEmpty() && named.isEmpty()) {
            return;
        }
        if (made.isEmpty() || named.isEmpty()) {
            report.damage(
                    generation.folder(),
                    "its shard index " + (named.isEmpty() ? "does not name " : "names ") + name + ", unlike the store");
            return;
        }
        var expected = Sha256.digest(made.get());
        if (!Arrays.equals(named.get(), expected.bytes())) {
            report.damage(
                    generation.folder(),
                    "the shard of " + name + " has SHA-256 " + Sha256.of(named.get()) + ", made from the store it has "
                            + expected);
            return;
        }
        var file = folder.file(expected);
        try {
            if (!Arrays.equals(Files.readAllBytes(file), made.get())) {
                report.damage(
                        file,
                        "the shard of " + name + ", " + file.getFileName() + ", has other bytes than its name says");
                report.goesToo(generation.folder());
            }
        } catch (NoSuchFileException lost) {
            report.damage(generation.folder(), "the shard of " + name + ", " + file.getFileName() + ", is missing");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Set<Sha256> named(ShardMap shards) {
        var named = new HashSet<Sha256>();
        shards.forEach((name, sha256) -> named.add(Sha256.of(sha256)));
        return named;
    }

    /** Looks at the shards that are kept for readers of an older index. */
    void loose(Set<Sha256> named) {
        if (!Files.isDirectory(folder.folder())) {
            return;
        }
        try (var files = Files.newDirectoryStream(folder.folder())) {
            for (var file : files) {
                var name = ShardFolder.NAME.matcher(file.getFileName().toString());
                if (!name.matches()) {
                    report.note("shards/" + file.getFileName() + " is no shard; it is swept away in time");
                } else if (!named.contains(new Sha256(name.group(1))) && !folder.isWhole(new Sha256(name.group(1)))) {
                    report.damage(file, "the old shard " + file.getFileName() + " has other bytes than its name says");
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
