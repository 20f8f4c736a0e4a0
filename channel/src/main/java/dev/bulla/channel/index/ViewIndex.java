package dev.bulla.channel.index;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.store.Folders;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that list a unit whole for one view, as readers are pointed to them. They may be read by many, but made by
 * one at a time.
 */
final class ViewIndex {
    private static final long KEPT_NANOS = 10_000_000_000L;

    private final Workshop shop;
    private final IndexUnit unit;
    private final Dialect view;
    private final Path folder;
    private final Deque<Superseded> superseded = new ArrayDeque<>();

    /** What the shards had written when the files were made. */
    private volatile long builtBytes;

    private volatile @Nullable Generation files;

    private record Superseded(Generation generation, long atNanos) {}

    ViewIndex(Workshop shop, IndexUnit unit, Dialect view, Path folder) {
        this.shop = shop;
        this.unit = unit;
        this.view = view;
        this.folder = folder;
    }

    Optional<Generation> files() {
        return Optional.ofNullable(files);
    }

    /** Whether the files lack something that these shards show, and are quickly made. */
    boolean isBehindBySome(ShardGeneration shown) {
        var made = files;
        return made != null
                && made.position() < shown.position()
                && made.listBytes() + shown.writtenBytes() - builtBytes
                        <= shop.pace().atOnceBytes();
    }

    /** What earlier processes have left. */
    LeftGenerations left() throws IOException {
        Files.createDirectories(folder);
        return LeftGenerations.in(folder, shop.database(), unit);
    }

    /** Takes over what was left and brings it up to date; once only. */
    void open(LeftGenerations left, ShardGeneration shards) throws IOException {
        var newest = newest(left.newest().orElse(null), shards);
        left.delete(newest.folder());
        files = newest;
    }

    /** Makes the files anew, unless they show everything. */
    void build(ShardGeneration shards) throws IOException {
        var before = Objects.requireNonNull(files);
        var newest = newest(before, shards);
        if (!newest.folder().equals(before.folder())) {
            files = newest;
            superseded.add(new Superseded(before, System.nanoTime()));
        }
        while (!superseded.isEmpty() && isOver(superseded.peek())) {
            Folders.deleteTree(superseded.remove().generation().folder());
        }
    }

    private Generation newest(@Nullable Generation before, ShardGeneration shards) throws IOException {
        var position = shop.database().read(handle -> Catalog.changedPosition(handle, unit));
        if (before != null && before.position() >= position.orElseThrow()) {
            return before;
        }
        var order = new GenerationWriter.Order(unit, view, folder, view == Dialect.CONDA ? shards : null);
        var made = shop.writer().write(order, before, shop.clock().instant());
        builtBytes = shards.writtenBytes();
        return made;
    }

    private static boolean isOver(Superseded generation) {
        return System.nanoTime() - generation.atNanos() > KEPT_NANOS;
    }
}
