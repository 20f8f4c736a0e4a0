package dev.bulla.channel.index;

import dev.bulla.trust.json.Dialect;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The index files of a subdir up to one change.
 *
 * @param position the journal position of the last change they show
 * @param builtAt when they were made, in whole seconds
 * @param folder where they are
 * @param files all of them
 */
public record Generation(long position, Instant builtAt, Path folder, List<GenerationFile> files) {
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

    /** Where the file is. */
    public Path path(GenerationFile file) {
        return viewFolder(folder, file.view()).resolve(file.name());
    }

    static Path viewFolder(Path folder, Dialect view) {
        return folder.resolve(view.name().toLowerCase(Locale.ROOT));
    }
}
