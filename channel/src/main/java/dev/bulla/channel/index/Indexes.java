package dev.bulla.channel.index;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.store.DataFolder;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Disk;
import dev.bulla.conda.index.IndexForm;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The indexes of all units. Safe to share. */
public final class Indexes implements AutoCloseable {
    /** The name of the index of shards. */
    public static final String SHARD_INDEX = "repodata_shards.msgpack.zst";

    /** What carries no signatures is the same in all views and made once. */
    private static final Set<String> UNSIGNED = Set.of(
            IndexForm.RUN_EXPORTS.fileName(),
            IndexForm.RUN_EXPORTS.compressedName(),
            IndexForm.FROM_PACKAGES.fileName());

    private final ConcurrentHashMap<IndexUnit, UnitIndex> units = new ConcurrentHashMap<>();
    private final Workshop shop;
    private final Builder builder;

    /** The indexes of a data folder; none is there before {@link #open}. */
    public Indexes(DataFolder data, Database database, Disk disk, Clock clock, Pace pace) {
        shop = new Workshop(data, database, disk, clock, pace);
        builder = Builder.start(pace, this::catchUp);
    }

    /** Makes the indexes of a channel ready to be read, after bringing them up to date; at start, and for a new channel. */
    public void open(ChannelName channel) throws IOException {
        for (var unit : shop.database().read(handle -> Catalog.indexUnits(handle, channel))) {
            index(unit).open();
        }
    }

    /**
     * Returns once the shards of the unit show the change of this journal position. What lists the whole unit follows
     * soon, for a small one when it is asked for.
     */
    public void show(IndexUnit unit, long position) throws IOException {
        if (index(unit).shows(position)) {
            return;
        }
        try {
            openIfNew(unit);
            index(unit).show(position);
        } finally {
            builder.changed(unit); // also what has failed here is shown in the end
        }
    }

    private void catchUp(IndexUnit unit) throws IOException {
        openIfNew(unit);
        var position = shop.database().read(handle -> Catalog.changedPosition(handle, unit));
        index(unit).show(position.orElseThrow());
        index(unit).build();
    }

    /** A first artifact brings new units into being, not only its own. */
    private void openIfNew(IndexUnit unit) throws IOException {
        if (!index(unit).isOpen()) {
            open(unit.place().channel());
        }
    }

    /** Returns once all index files show what was published before the call, without waiting for a quiet moment. */
    public void settle() throws IOException {
        builder.settle();
    }

    /** The units whose whole lists do not show everything yet. */
    public List<IndexUnit> waiting() {
        return builder.waiting();
    }

    /** Whether there is an index of this unit. */
    public boolean has(IndexUnit unit) {
        return Optional.ofNullable(units.get(unit)).filter(UnitIndex::isOpen).isPresent();
    }

    /**
     * The generation of the file of this name that lists the whole unit; empty when there is no such unit. What a small
     * unit has shows whatever its shards show, and so may be made by this call; what a large one has follows a little
     * later.
     */
    public Optional<Generation> files(IndexUnit unit, Dialect view, String fileName) {
        var maker = UNSIGNED.contains(fileName) ? Dialect.CONDA : view;
        return Optional.ofNullable(units.get(unit)).flatMap(index -> index.files(maker));
    }

    /** The unit's shards; empty when there is no such unit. */
    public Optional<ShardGeneration> shards(IndexUnit unit) {
        return Optional.ofNullable(units.get(unit)).flatMap(UnitIndex::shards);
    }

    /** A shard of this unit, also one that its index has ceased to name within the last week. */
    public Optional<ShardFile> shard(IndexUnit unit, String fileName) throws IOException {
        var index = units.get(unit);
        return index == null ? Optional.empty() : index.shard(fileName);
    }

    private UnitIndex index(IndexUnit unit) {
        return units.computeIfAbsent(unit, key -> new UnitIndex(shop, key));
    }

    /** Ends the building; what has not been built is built at the next start. */
    @Override
    public void close() {
        builder.close();
    }
}
