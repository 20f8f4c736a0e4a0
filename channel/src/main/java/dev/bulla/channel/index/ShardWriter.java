package dev.bulla.channel.index;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.catalog.ListedArtifact;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.shards.Shard;
import dev.bulla.conda.shards.ShardMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Brings the shards of a unit up to date: one file for each package that was changed, whatever the size of the channel.
 *
 * @param database where the records are
 * @param unit whose shards
 * @param folder where their files are
 */
record ShardWriter(Database database, IndexUnit unit, ShardFolder folder) {
    /**
     * What is shown next: everything up to this snapshot. All its files are there when it returns.
     *
     * @param before what is shown now; null when nothing is
     * @param lost packages whose shards are made in any case
     */
    ShardGeneration next(@Nullable ShardGeneration before, Collection<String> lost) throws IOException {
        try {
            return database.read(handle -> {
                var position = position(handle);
                return before != null && before.position() >= position && lost.isEmpty()
                        ? before
                        : next(handle, position, before, lost);
            });
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private long position(Handle handle) {
        return Catalog.changedPosition(handle, unit)
                .orElseThrow(() -> new IllegalStateException("there is no index of " + unit));
    }

    private ShardGeneration next(
            Handle handle, long position, @Nullable ShardGeneration before, Collection<String> lost) {
        var shown = before == null ? ShardMap.EMPTY : before.shards();
        var names = new TreeSet<>(lost);
        names.addAll(Catalog.namesChangedAfter(handle, unit, before == null ? 0 : before.position()));
        var changes = new TreeMap<String, Optional<Sha256>>();
        var written = before == null ? 0 : before.writtenBytes();
        for (var name : names) {
            var entries = new Entries(handle, unit, name);
            changes.put(name, write(entries));
            written += entries.bytes;
        }
        supersede(shown, changes);
        var hashes = new TreeMap<String, Optional<byte[]>>();
        changes.forEach((name, sha256) -> hashes.put(name, sha256.map(Sha256::bytes)));
        var at = Journal.at(handle, position);
        return new ShardGeneration(position, at, unit.place().subdir(), shown.changed(hashes), written);
    }

    /** A package's shard; empty when the unit has nothing of the package. */
    private Optional<Sha256> write(Entries entries) {
        var shard = entries.shard();
        if (shard.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(folder.write(shard.get()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The bytes of a package's shard as the catalog has it now; empty when the unit has nothing of the package. */
    static Optional<byte[]> encode(Handle handle, IndexUnit unit, String packageName) {
        return new Entries(handle, unit, packageName).shard();
    }

    /** What the catalog has now of a package in a unit. */
    private static final class Entries {
        private final List<Shard.Entry> listed = new ArrayList<>();
        private final List<String> removed = new ArrayList<>();
        private long bytes;

        Entries(Handle handle, IndexUnit unit, String packageName) {
            Catalog.forEachOfPackage(handle, unit, packageName, this::add);
        }

        private void add(ListedArtifact artifact) {
            if (artifact.leftOut()) {
                removed.add(artifact.fileName());
            } else {
                listed.add(new Shard.Entry(artifact.fileName(), artifact.record(), artifact.runExports()));
                bytes += artifact.record().length;
            }
        }

        Optional<byte[]> shard() {
            return listed.isEmpty() && removed.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Shard.encode(listed, removed));
        }
    }

    private void supersede(ShardMap shown, Map<String, Optional<Sha256>> changes) {
        try {
            for (var change : changes.entrySet()) {
                var before = shown.hash(change.getKey()).map(Sha256::of);
                if (before.isPresent() && !before.equals(change.getValue())) {
                    folder.supersede(before.get());
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
