package dev.bulla.channel.index;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Disk;
import dev.bulla.channel.store.Folders;
import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.index.IndexFile;
import dev.bulla.conda.index.SubdirIndex;
import dev.bulla.conda.index.SubdirIndexer;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Writes generations: streams a subdir's records from one snapshot of the catalog into both views. Nothing is forced to
 * disk, since all of it can be made again; the manifest's digests tell what a power cut has left of it.
 *
 * @param database where the records are
 * @param disk the effects on files
 */
record GenerationWriter(Database database, Disk disk) {
    /** Writes the subdir's newest generation into a folder below this one. */
    Generation write(Place place, Path folder, Instant now) throws IOException {
        var building = folder.resolve("building");
        Folders.deleteTree(building);
        try {
            var written = database.read(handle -> write(handle, place, building, now));
            Manifest.write(written);
            var named = folder.resolve(Long.toString(written.position()));
            Folders.deleteTree(named); // what an earlier process left and nobody is pointed to
            disk.move(building, named);
            return new Generation(written.position(), written.builtAt(), named, written.files());
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private static Generation write(Handle handle, Place place, Path building, Instant now) {
        var position = Catalog.changedPosition(handle, IndexUnit.main(place))
                .orElseThrow(() -> new IllegalStateException("there is no subdir " + place));
        try (var conda = open(building, Dialect.CONDA, place);
                var libmamba = open(building, Dialect.LIBMAMBA, place)) {
            add(handle, place, ArchiveType.TAR_BZ2, conda, libmamba);
            add(handle, place, ArchiveType.CONDA, conda, libmamba);
            var files = new ArrayList<GenerationFile>();
            files.addAll(files(Dialect.CONDA, conda.finish()));
            files.addAll(files(Dialect.LIBMAMBA, libmamba.finish()));
            return new Generation(position, now.truncatedTo(ChronoUnit.SECONDS), building, files);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static SubdirIndexer open(Path building, Dialect view, Place place) throws IOException {
        var folder = Files.createDirectories(Generation.viewFolder(building, view));
        return SubdirIndexer.open(folder, place.subdir());
    }

    private static void add(Handle handle, Place place, ArchiveType type, SubdirIndexer conda, SubdirIndexer libmamba) {
        Catalog.forEachRecord(
                handle, IndexUnit.main(place), type, (fileName, record, condaSignatures, libmambaSignatures) -> {
                    var name = ArchiveName.parse(fileName);
                    try {
                        conda.add(name, record, condaSignatures);
                        libmamba.add(name, record, libmambaSignatures);
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                });
    }

    private static List<GenerationFile> files(Dialect view, SubdirIndex index) {
        return List.of(file(view, index.json()), file(view, index.zst()));
    }

    private static GenerationFile file(Dialect view, IndexFile file) {
        return new GenerationFile(
                view, file.path().getFileName().toString(), new Sha256(file.sha256()), file.sizeBytes());
    }
}
