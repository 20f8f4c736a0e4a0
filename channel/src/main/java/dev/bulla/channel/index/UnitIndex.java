package dev.bulla.channel.index;

import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.store.Folders;
import dev.bulla.channel.store.Sha256;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of one unit: its shards, and for each view the files that list it whole. Safe to share. One thread at a time
 * makes shards, one makes files; whoever waits for it finds its own change shown by the same generation.
 */
final class UnitIndex {
    private static final Duration BETWEEN_SWEEPS = Duration.ofDays(1);
    private static final Logger LOG = LoggerFactory.getLogger(UnitIndex.class);

    private final Workshop shop;
    private final IndexUnit unit;
    private final Path folder;
    private final ShardFolder shardFolder;
    private final ShardWriter shardWriter;
    private final ViewIndex conda;
    private final ViewIndex libmamba;
    private final ReentrantLock sharding = new ReentrantLock();
    private final ReentrantLock building = new ReentrantLock();
    private Instant swept = Instant.MIN;

    /** The shards' position for which a reader's attempt to make the files has failed; the builder tries it again. */
    private volatile long failed = -1;

    private volatile @Nullable ShardGeneration shards;

    UnitIndex(Workshop shop, IndexUnit unit) {
        this.shop = shop;
        this.unit = unit;
        this.folder = shop.folder(unit);
        this.shardFolder = new ShardFolder(folder.resolve(Workshop.SHARDS), shop.disk(), shop.clock());
        this.shardWriter = new ShardWriter(shop.database(), unit, shardFolder);
        this.conda = new ViewIndex(shop, unit, Dialect.CONDA, Workshop.folder(folder, Dialect.CONDA));
        this.libmamba = new ViewIndex(shop, unit, Dialect.LIBMAMBA, Workshop.folder(folder, Dialect.LIBMAMBA));
    }

    Optional<ShardGeneration> shards() {
        return Optional.ofNullable(shards);
    }

    boolean isOpen() {
        return libmamba.files().isPresent();
    }

    /** The files of this view; those of a small unit show what its shards show, unless they cannot be made. */
    Optional<Generation> files(Dialect view) {
        var index = of(view);
        var shown = shards;
        if (shown != null && index.isBehindBySome(shown)) {
            buildForReader(shown);
        }
        return index.files();
    }

    private ViewIndex of(Dialect view) {
        return switch (view) {
            case CONDA -> conda;
            case LIBMAMBA -> libmamba;
        };
    }

    /** Whoever reads gets at least what was there before; a failure is the builder's to repeat. */
    private void buildForReader(ShardGeneration shown) {
        if (failed == shown.position()) {
            return;
        }
        try {
            build();
        } catch (IOException | RuntimeException failure) {
            failed = shown.position();
            LOG.warn("index files cannot be made, the ones before are served unit={}", unit, failure);
        }
    }

    Optional<ShardFile> shard(String fileName) throws IOException {
        return shardFolder.find(fileName);
    }

    /** Takes over what an earlier process has left whole and brings it up to date; once only. */
    void open() throws IOException {
        building.lock();
        try {
            if (!isOpen()) {
                Files.createDirectories(folder.resolve(Workshop.SHARDS));
                for (var stranger : Workshop.strangers(folder)) {
                    Folders.deleteTree(stranger);
                }
                var left = conda.left();
                adoptShards(left.shards(shop.database(), unit));
                conda.open(left, Objects.requireNonNull(shards));
                libmamba.open(libmamba.left(), Objects.requireNonNull(shards));
            }
        } finally {
            building.unlock();
        }
    }

    private void adoptShards(Optional<ShardGeneration> left) throws IOException {
        sharding.lock();
        try {
            var lost = new ArrayList<String>();
            if (left.isPresent()) {
                for (var name : left.get().shards().names()) {
                    var sha256 = Sha256.of(left.get().shards().hash(name).orElseThrow());
                    if (!shardFolder.isWhole(sha256)) {
                        lost.add(name);
                    }
                }
            }
            shards = shardWriter.next(left.orElse(null), lost);
        } finally {
            sharding.unlock();
        }
    }

    /** Whether the shards show the change of this journal position. */
    boolean shows(long position) {
        var now = shards;
        return now != null && now.position() >= position;
    }

    /** Returns once they do. */
    void show(long position) throws IOException {
        sharding.lock();
        try {
            if (!shows(position)) {
                shards = shardWriter.next(shards, List.of());
            }
        } finally {
            sharding.unlock();
        }
    }

    /** Makes the files that list the whole unit, unless they show everything; conda's first, since more clients read them. */
    void build() throws IOException {
        building.lock();
        try {
            conda.build(Objects.requireNonNull(shards));
            libmamba.build(Objects.requireNonNull(shards));
        } finally {
            building.unlock();
        }
        sweep();
    }

    /** Once a day. */
    private void sweep() throws IOException {
        sharding.lock();
        try {
            var now = shop.clock().instant();
            if (swept.isBefore(now.minus(BETWEEN_SWEEPS))) {
                var named = new HashSet<Sha256>();
                var shown = Objects.requireNonNull(shards).shards();
                shown.forEach((name, sha256) -> named.add(Sha256.of(sha256)));
                shardFolder.sweep(named);
                swept = now;
            }
        } finally {
            sharding.unlock();
        }
    }
}
