package dev.bulla.channel.index;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.store.DataFolder;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Disk;
import dev.bulla.channel.store.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The index files of all subdirs. Safe to share. */
public final class Indexes {
    private static final Logger LOG = LoggerFactory.getLogger(Indexes.class);

    private final ConcurrentHashMap<Place, SubdirGenerations> places = new ConcurrentHashMap<>();
    private final DataFolder data;
    private final Database database;
    private final GenerationWriter writer;
    private final Clock clock;

    /** The indexes of a data folder; none is there before {@link #recover} or {@link #build}. */
    public Indexes(DataFolder data, Database database, Disk disk, Clock clock) {
        this.data = data;
        this.database = database;
        this.writer = new GenerationWriter(database, disk);
        this.clock = clock;
    }

    /** What readers of this subdir are pointed to; empty when there is no such subdir. */
    public Optional<Generation> current(Place place) {
        return Optional.ofNullable(places.get(place)).flatMap(SubdirGenerations::current);
    }

    /** Makes the subdir's index if it is behind the catalog. Safe to do twice, and at the same time. */
    public void build(Place place) throws IOException {
        var position = database.read(handle -> Catalog.changedPosition(handle, IndexUnit.main(place)));
        show(place, position.orElseThrow(() -> new IllegalStateException("there is no subdir " + place)));
    }

    /** Returns once readers of the subdir see the change of this journal position, after making an index if need be. */
    public void show(Place place, long position) throws IOException {
        generations(place).show(position);
    }

    /** At start: takes over what is whole and up to date, and makes the rest anew. */
    public void recover(Place place) throws IOException {
        var position = database.read(handle -> Catalog.changedPosition(handle, IndexUnit.main(place)));
        for (var folder : folders(place)) {
            var generation = upToDate(folder, position.orElseThrow());
            if (generation.isPresent()) {
                generations(place).adopt(generation.get());
            } else {
                Folders.deleteTree(folder);
            }
        }
        build(place);
    }

    private List<Path> folders(Place place) throws IOException {
        var folder = Files.createDirectories(folder(place));
        var found = new ArrayList<Path>();
        try (var all = Files.newDirectoryStream(folder)) {
            all.forEach(found::add);
        }
        return found;
    }

    private static Optional<Generation> upToDate(Path folder, long position) {
        if (!folder.getFileName().toString().equals(Long.toString(position))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Manifest.read(folder)).filter(generation -> generation.position() == position);
        } catch (IOException damaged) {
            LOG.warn("index files are damaged and are made again folder={} why={}", folder, damaged.getMessage());
            return Optional.empty();
        }
    }

    private SubdirGenerations generations(Place place) {
        return places.computeIfAbsent(place, key -> new SubdirGenerations(key, folder(key), writer, clock));
    }

    private Path folder(Place place) {
        return data.index()
                .resolve(place.channel().text())
                .resolve(place.subdir().text());
    }
}
