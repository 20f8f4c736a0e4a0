package dev.bulla.channel.index;

import dev.bulla.trust.json.Dialect;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The files that list a whole unit up to one change.
 *
 * @param position the journal position of the last change they show
 * @param builtAt when they were made, in whole seconds
 * @param shards up to where the shard index goes that is kept with them
 * @param folder where they are
 * @param files all of them
 */
public record Generation(long position, Instant builtAt, Point shards, Path folder, List<GenerationFile> files) {
    /**
     * A point in the journal; the time tells two journals apart, of which one was brought back from a copy.
     *
     * @param position the entry's
     * @param at the entry's time
     */
    record Point(long position, Instant at) {}

    /** Keeps its own copy. */
    public Generation {
        files = List.copyOf(files);
    }

    /** The file of this view and name. */
    public Optional<GenerationFile> file(Dialect view, String name) {
        return files.stream()
                .filter(file -> file.view() == view && file.name().equals(name))
                .findFirst();
    }

    /** How long the whole list is. */
    long listBytes() {
        return file(Dialect.CONDA, "repodata.json")
                .map(GenerationFile::sizeBytes)
                .orElse(0L);
    }

    /** Where the file is. */
    public Path path(GenerationFile file) {
        return viewFolder(folder, file.view()).resolve(file.name());
    }

    static Path viewFolder(Path folder, Dialect view) {
        return folder.resolve(view.name().toLowerCase(Locale.ROOT));
    }
}
