package dev.bulla.channel.index;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
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
 * Writes generations: streams a unit's records from one snapshot of the catalog into both views. Nothing is forced to
 * disk, since all of it can be made again; the manifest's digests tell what a power cut has left of it.
 *
 * @param database where the records are
 * @param disk the effects on files
 */
record GenerationWriter(Database database, Disk disk) {
    static final String BUILDING = "building";

    /** Writes the unit's newest generation, and the index of these shards with it, into a folder below this one. */
    Generation write(IndexUnit unit, ShardGeneration shards, Path folder, Instant now) throws IOException {
        var building = folder.resolve(BUILDING);
        Folders.deleteTree(building);
        try {
            var point = new Generation.Point(shards.position(), shards.at());
            var files = new ArrayList<GenerationFile>();
            var position = database.read(handle -> write(handle, unit, building, files));
            files.add(keep(shards, building));
            var builtAt = now.truncatedTo(ChronoUnit.SECONDS);
            Manifest.write(new Generation(position, builtAt, point, building, files));
            var named = folder.resolve(Long.toString(position));
            Folders.deleteTree(named); // what an earlier process left and nobody is pointed to
            disk.move(building, named);
            return new Generation(position, builtAt, point, named, files);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    /** For the next start; readers get it from memory. */
    private static GenerationFile keep(ShardGeneration shards, Path building) throws IOException {
        var path = Generation.viewFolder(building, Dialect.CONDA).resolve(Indexes.SHARD_INDEX);
        Files.write(path, shards.index());
        return new GenerationFile(Dialect.CONDA, Indexes.SHARD_INDEX, shards.indexSha256(), shards.index().length);
    }

    private static long write(Handle handle, IndexUnit unit, Path building, List<GenerationFile> files) {
        var position = Catalog.changedPosition(handle, unit)
                .orElseThrow(() -> new IllegalStateException("there is no index of " + unit));
        try (var conda = open(building, Dialect.CONDA, unit);
                var libmamba = open(building, Dialect.LIBMAMBA, unit)) {
            add(handle, unit, ArchiveType.TAR_BZ2, conda, libmamba);
            add(handle, unit, ArchiveType.CONDA, conda, libmamba);
            for (var fileName : Catalog.yanked(handle, unit)) {
                conda.remove(fileName);
                libmamba.remove(fileName);
            }
            files.addAll(files(Dialect.CONDA, conda.finish()));
            files.addAll(files(Dialect.LIBMAMBA, libmamba.finish()));
            return position;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static SubdirIndexer open(Path building, Dialect view, IndexUnit unit) throws IOException {
        var folder = Files.createDirectories(Generation.viewFolder(building, view));
        return SubdirIndexer.open(folder, unit.place().subdir());
    }

    private static void add(
            Handle handle, IndexUnit unit, ArchiveType type, SubdirIndexer conda, SubdirIndexer libmamba) {
        Catalog.forEachRecord(handle, unit, type, (fileName, record, condaSignatures, libmambaSignatures) -> {
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
