package dev.bulla.conda.archive;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A package archive on disk, read once from its first to its last byte. */
public final class PackageArchive {
    private final ArchiveName name;
    private final Contents contents;
    private final List<Problem> problems = new ArrayList<>();

    private PackageArchive(ArchiveName name, Contents contents) {
        this.name = name;
        this.contents = contents;
    }

    /**
     * Reads the file as the package that its name says; the file must not change meanwhile. Not checked here: whether
     * the file has the digest that was announced, and whether its subdir is where it shall go.
     *
     * @throws ArchiveException when it is refused: {@code archive_*} for the container, {@code metadata_*} and {@code
     *     paths_mismatch} for what is in it
     * @throws IOException when the file cannot be read
     */
    public static PackageContents read(Path file, ArchiveName name, ArchiveLimits limits) throws IOException {
        try (var channel = FileChannel.open(file)) {
            var budget = new Budget(limits, channel.size());
            var archive = new PackageArchive(name, new Contents(budget));
            archive.unpack(channel, false);
            return archive.checked(true, budget.unpackedBytes());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The same for a package that another channel has already: its list of paths may be missing, as old ones have none. */
    public static PackageContents readImported(Path file, ArchiveName name, ArchiveLimits limits) throws IOException {
        try (var channel = FileChannel.open(file)) {
            var budget = new Budget(limits, channel.size());
            var archive = new PackageArchive(name, new Contents(budget));
            archive.unpack(channel, false);
            return archive.checked(false, budget.unpackedBytes());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Reads what a package says about itself, for a package that another channel has already: a {@code .conda} file's
     * payload stays packed, and a {@code .tar.bz2} file, which has no part of its own for {@code info/}, is unpacked but
     * not compared with its list of paths. That list may be missing. All else is as in {@link #read}.
     */
    public static PackageContents readInfo(Path file, ArchiveName name, ArchiveLimits limits) throws IOException {
        try (var channel = FileChannel.open(file)) {
            var budget = new Budget(limits, channel.size());
            var archive = new PackageArchive(name, new Contents(budget));
            archive.unpack(channel, true);
            return archive.believed(budget.unpackedBytes());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void unpack(FileChannel channel, boolean infoOnly) throws IOException {
        if (channel.size() == 0) {
            throw new ArchiveException(Code.ARCHIVE_NOT_A_PACKAGE, "the file is empty");
        }
        try {
            switch (name.type()) {
                case CONDA -> {
                    if (infoOnly) {
                        CondaFile.readInfo(channel, name, contents);
                    } else {
                        CondaFile.read(channel, name, contents);
                    }
                }
                case TAR_BZ2 -> TarBz2File.read(channel, contents);
            }
        } catch (DecodingException e) {
            throw new ArchiveException(Code.ARCHIVE_DAMAGED, "the archive cannot be unpacked: " + e.getMessage());
        }
    }

    private PackageContents checked(boolean pathsRequired, long unpackedBytes) {
        var links = new SoftLinks(contents.members());
        links.check();
        var indexJson = present(IndexJson.PATH, contents.indexJson());
        var mayBeMissing = contents.pathsBroken() || !pathsRequired;
        var paths = mayBeMissing ? contents.paths() : present(Contents.PATHS, contents.paths());
        problems.addAll(contents.problems());
        var index = indexJson.flatMap(this::index);
        paths.flatMap(listed -> PathsCheck.run(listed, contents.members(), links))
                .ifPresent(problems::add);
        return accepted(index, payloadFiles(), unpackedBytes);
    }

    private PackageContents believed(long unpackedBytes) {
        new SoftLinks(contents.members()).check();
        var indexJson = present(IndexJson.PATH, contents.indexJson());
        problems.addAll(contents.problems());
        var files = contents.paths().stream()
                .flatMap(paths -> paths.values().stream())
                .filter(path -> path.type() != PathEntry.Type.DIRECTORY)
                .count();
        return accepted(indexJson.flatMap(this::index), (int) files, unpackedBytes);
    }

    private PackageContents accepted(Optional<IndexJson> index, int files, long unpackedBytes) {
        if (!problems.isEmpty() || index.isEmpty()) {
            throw new ArchiveException(problems);
        }
        return new PackageContents(
                index.get(),
                contents.runExports(),
                contents.about(),
                files,
                contents.paths().isPresent(),
                unpackedBytes);
    }

    private <T> Optional<T> present(String path, Optional<T> file) {
        if (file.isEmpty()) {
            problems.add(new Problem(Code.METADATA_MISSING, path + " is not in the package"));
        }
        return file;
    }

    private Optional<IndexJson> index(byte[] utf8) {
        try {
            var index = IndexJson.parse(utf8);
            problems.addAll(index.contradictions(name));
            return Optional.of(index);
        } catch (ArchiveException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private int payloadFiles() {
        return (int) contents.members().entrySet().stream()
                .filter(member -> !Contents.isInfo(member.getKey()))
                .filter(member -> !(member.getValue() instanceof Member.Directory))
                .count();
    }
}
