package dev.bulla.channel.summary;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Folders;
import dev.bulla.conda.index.ChanneldataSplicer;
import dev.bulla.conda.index.DamagedIndexException;
import dev.bulla.conda.index.IndexFile;
import dev.bulla.conda.index.SplicedIndex;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.PackageName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@code channeldata.json} of a channel as one label shows it. Safe to share. */
final class ChannelData {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int REST = 10;
    private static final Logger LOG = LoggerFactory.getLogger(ChannelData.class);

    private final Database database;
    private final ChannelName channel;
    private final Label label;
    private final Path folder;
    private final ReentrantLock making = new ReentrantLock();
    private final Deque<Superseded> superseded = new ArrayDeque<>();
    private volatile @Nullable Made made;
    private boolean swept;

    /**
     * One that was made. Times are those of {@link System#nanoTime}.
     *
     * @param position the journal position of the last change that it shows
     * @param index its files
     * @param madeAt when, in whole seconds
     * @param restUntil before when nothing newer is made
     */
    private record Made(long position, SplicedIndex index, Instant madeAt, long restUntil) {}

    private record Superseded(Path folder, long atNanos) {}

    ChannelData(Database database, ChannelName channel, Label label, Path folder) {
        this.database = database;
        this.channel = channel;
        this.label = label;
        this.folder = folder;
    }

    /**
     * A file that was made.
     *
     * @param file the document
     * @param madeAt when, in whole seconds
     */
    record Document(IndexFile file, Instant madeAt) {}

    /** The document, which shows all that was changed unless the one before took long. */
    Document document(Instant now) throws IOException {
        var position = database.read(handle -> Catalog.changedPosition(handle, channel, label));
        var before = made;
        if (before == null || (before.position() < position && System.nanoTime() - before.restUntil() >= 0)) {
            before = make(before, now);
        }
        return new Document(before.index().json(), before.madeAt());
    }

    /** Whoever comes while one is made gets the one before, if there is one. */
    private Made make(@Nullable Made before, Instant now) throws IOException {
        if (before != null && !making.tryLock()) {
            return before;
        }
        if (before == null) {
            making.lock();
        }
        try {
            var present = made;
            if (present != null && (before == null || present.position() > before.position())) {
                return present;
            }
            var next = next(before, now);
            made = next;
            return next;
        } finally {
            making.unlock();
        }
    }

    private Made next(@Nullable Made before, Instant now) throws IOException {
        if (!swept) {
            Folders.deleteTree(folder); // what an earlier process left
            swept = true;
        }
        var start = System.nanoTime();
        Made next;
        try {
            next = write(before, now, start);
        } catch (DamagedIndexException damaged) {
            LOG.warn("channeldata.json was damaged and is made from nothing why={}", damaged.getMessage());
            next = write(null, now, start);
        }
        retire(before);
        return next;
    }

    private Made write(@Nullable Made before, Instant now, long start) throws IOException {
        try {
            return database.read(handle -> write(handle, before, now, start));
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private Made write(Handle handle, @Nullable Made before, Instant now, long start) {
        var position = Catalog.changedPosition(handle, channel, label);
        var names = before == null
                ? Catalog.packageNames(handle, channel)
                : Catalog.packageNamesChangedAfter(handle, channel, before.position());
        try {
            var target = folder.resolve(Long.toString(position));
            Folders.deleteTree(target);
            Files.createDirectories(target);
            var subdirs = Catalog.subdirs(handle, channel);
            try (var splicer = ChanneldataSplicer.open(target, subdirs, before == null ? null : before.index())) {
                for (var name : names) {
                    var artifacts = Catalog.listedOfPackage(handle, channel, label, name);
                    if (!artifacts.isEmpty()) {
                        splicer.put(PackageName.parse(name), PackageSummary.of(artifacts));
                    } else if (before != null) {
                        splicer.remove(PackageName.parse(name));
                    }
                }
                var index = splicer.finish();
                return new Made(position, index, now.truncatedTo(ChronoUnit.SECONDS), restUntil(start));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long restUntil(long start) {
        var end = System.nanoTime();
        var took = end - start;
        return took < AT_ONCE.toNanos() ? end : end + REST * took;
    }

    private void retire(@Nullable Made before) throws IOException {
        if (before != null) {
            var left = Folders.parent(before.index().json().path());
            superseded.add(new Superseded(left, System.nanoTime()));
        }
        while (!superseded.isEmpty() && System.nanoTime() - superseded.peek().atNanos() > KEPT.toNanos()) {
            Folders.deleteTree(superseded.remove().folder());
        }
    }
}
