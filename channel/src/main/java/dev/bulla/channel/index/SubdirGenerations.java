package dev.bulla.channel.index;

import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.store.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The generations of one subdir: the one that readers are pointed to, and those that a reader may be about to open.
 * Safe to share. One thread at a time builds; whoever waits for it finds its own change shown by the same generation.
 */
final class SubdirGenerations {
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final Place place;
    private final Path folder;
    private final GenerationWriter writer;
    private final Clock clock;
    private final ReentrantLock building = new ReentrantLock();
    private final Deque<Superseded> superseded = new ArrayDeque<>();
    private volatile @Nullable Generation current;

    private record Superseded(Generation generation, long atNanos) {}

    SubdirGenerations(Place place, Path folder, GenerationWriter writer, Clock clock) {
        this.place = place;
        this.folder = folder;
        this.writer = writer;
        this.clock = clock;
    }

    Optional<Generation> current() {
        return Optional.ofNullable(current);
    }

    /** Points readers to what an earlier process has made. */
    void adopt(Generation generation) {
        current = generation;
    }

    /** Returns once readers are pointed to a generation that shows this position, after making it if need be. */
    void show(long position) throws IOException {
        var over = new ArrayList<Generation>();
        building.lock();
        try {
            var before = current;
            if (before == null || before.position() < position) {
                current = writer.write(place, folder, clock.instant());
                retire(before, over);
            }
        } finally {
            building.unlock();
        }
        for (var generation : over) {
            Folders.deleteTree(generation.folder());
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
