package dev.bulla.channel.index;

import dev.bulla.conda.index.IndexForm;
import dev.bulla.conda.index.SplicedIndex;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that list a whole unit for one view, up to one change.
 *
 * @param point the last change that they show
 * @param builtAt when they were made, in whole seconds
 * @param folder where they are
 * @param documents those that the next generation's are made from
 * @param kept the index of shards that is kept with them for the next start; null when they are of a view without shards
 */
public record Generation(
        Point point,
        Instant builtAt,
        Path folder,
        List<SplicedIndex> documents,
        @Nullable KeptShards kept) {
    /**
     * An entry of the journal; the time tells two journals apart, of which one was brought back from a copy.
     *
     * @param position the entry's
     * @param at the entry's time
     */
    record Point(long position, Instant at) {}

    /**
     * The index of shards beside the documents.
     *
     * @param point the last change that it shows
     * @param file what it is
     */
    record KeptShards(Point point, GenerationFile file) {
        private KeptShards movedTo(Path folder) {
            return new KeptShards(
                    point, new GenerationFile(folder.resolve(file.name()), file.sha256(), file.sizeBytes()));
        }
    }

    /** Keeps its own copy. */
    public Generation {
        documents = List.copyOf(documents);
    }

    /** The journal position of the last change that they show. */
    public long position() {
        return point.position();
    }

    /** The file of this name. */
    public Optional<GenerationFile> file(String name) {
        return documents.stream()
                .flatMap(GenerationFile::of)
                .filter(file -> file.name().equals(name))
                .findFirst();
    }

    Optional<SplicedIndex> document(IndexForm form) {
        return documents.stream().filter(index -> index.form() == form).findFirst();
    }

    /** The same, its files in another folder. */
    Generation movedTo(Path other) {
        var moved = documents.stream().map(index -> index.movedTo(other)).toList();
        return new Generation(point, builtAt, other, moved, kept == null ? null : kept.movedTo(other));
    }

    /** How long the whole list is. */
    long listBytes() {
        return document(IndexForm.REPODATA)
                .map(index -> index.json().sizeBytes())
                .orElse(0L);
    }
}
