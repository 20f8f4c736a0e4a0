package dev.bulla.channel.index;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.store.Folders;
import dev.bulla.channel.store.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of one unit: the shards and the files that list it whole, each as readers are pointed to it. Safe to share.
 * One thread at a time makes each of the two; whoever waits for it finds its own change shown by the same generation.
 */
final class UnitIndex {
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final Duration BETWEEN_SWEEPS = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(UnitIndex.class);

    private final Workshop shop;
    private final IndexUnit unit;
    private final Path folder;
    private final ShardFolder shardFolder;
    private final ShardWriter shardWriter;
    private final ReentrantLock sharding = new ReentrantLock();
    private final ReentrantLock building = new ReentrantLock();
    private final Deque<Superseded> superseded = new ArrayDeque<>();
    private Instant swept = Instant.MIN;
    /** What the shards had written when the files were made. */
    private volatile long builtBytes;

    /** The shards' position for which a reader's attempt to make the files has failed; the builder tries it again. */
    private volatile long failed = -1;

    private volatile @Nullable ShardGeneration shards;
    private volatile @Nullable Generation files;

    private record Superseded(Generation generation, long atNanos) {}

    UnitIndex(Workshop shop, IndexUnit unit) {
        this.shop = shop;
        this.unit = unit;
        this.folder = shop.folder(unit);
        this.shardFolder = new ShardFolder(folder.resolve("shards"), shop.disk(), shop.clock());
        this.shardWriter = new ShardWriter(shop.database(), unit, shardFolder);
    }

    Optional<ShardGeneration> shards() {
        return Optional.ofNullable(shards);
    }

    Optional<Generation> files() {
        return Optional.ofNullable(files);
    }

    /** The files; those of a small unit show what its shards show, unless they cannot be made. */
    Optional<Generation> currentFiles() {
        var made = files;
        var shown = shards;
        if (made != null && shown != null && made.position() < shown.position() && isSmall(made, shown)) {
            buildForReader(shown);
        }
        return files();
    }

    private boolean isSmall(Generation made, ShardGeneration shown) {
        var changedBytes = shown.writtenBytes() - builtBytes;
        return made.listBytes() + changedBytes <= shop.pace().atOnceBytes();
    }

    /** Whoever reads gets at least what was there before; the failure is the builder's to repeat. */
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
            if (files == null) {
                Files.createDirectories(folder.resolve("shards"));
                var left = LeftGenerations.in(folder, shop.database(), unit);
                adoptShards(left.newest());
                files = left.upToDate().orElse(null);
                build();
                left.delete(Objects.requireNonNull(files).folder());
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

    /** Makes the files that list the whole unit, unless they show everything. */
    void build() throws IOException {
        var over = new ArrayList<Generation>();
        building.lock();
        try {
            var before = files;
            var position = shop.database().read(handle -> Catalog.changedPosition(handle, unit));
            if (before == null || before.position() < position.orElseThrow()) {
                var shown = Objects.requireNonNull(shards);
                files = shop.writer().write(unit, shown, folder, shop.clock().instant());
                builtBytes = shown.writtenBytes();
                retire(before, over);
            }
        } finally {
            building.unlock();
        }
        for (var generation : over) {
            Folders.deleteTree(generation.folder());
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

    private void retire(@Nullable Generation before, List<Generation> over) {
        if (before != null) {
            superseded.add(new Superseded(before, System.nanoTime()));
        }
        while (!superseded.isEmpty() && isOver(superseded.peek())) {
            over.add(superseded.remove().generation());
        }
    }

    private static boolean isOver(Superseded generation) {
        return System.nanoTime() - generation.atNanos() > KEPT.toNanos();
    }
}
