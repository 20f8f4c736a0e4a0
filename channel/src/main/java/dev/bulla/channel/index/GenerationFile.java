package dev.bulla.channel.index;

import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.index.IndexFile;
import dev.bulla.conda.index.SplicedIndex;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * One file of a generation.
 *
 * @param path where it is
 * @param sha256 of its bytes
 * @param sizeBytes how many they are
 */
public record GenerationFile(Path path, Sha256 sha256, long sizeBytes) {
    /** Its file name as clients ask for it. */
    public String name() {
        return path.getFileName().toString();
    }

    /** The files of a document that clients may ask for. */
    static Stream<GenerationFile> of(SplicedIndex index) {
        return Stream.concat(Stream.of(index.json()), index.zst().stream()).map(GenerationFile::of);
    }

    private static GenerationFile of(IndexFile file) {
        return new GenerationFile(file.path(), new Sha256(file.sha256()), file.sizeBytes());
    }
}
