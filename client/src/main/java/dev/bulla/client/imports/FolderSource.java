package dev.bulla.client.imports;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.repodata.RepodataVisitor;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A channel that is a folder: its packages are the files {@code SUBDIR/*.conda} and {@code *.tar.bz2}, whatever an index says. */
public final class FolderSource implements ImportSource {
    private final Path folder;
    private final FoundIndex index;

    /**
     * The channel in this folder.
     *
     * @throws ProblemException {@link Code#FILE_NOT_FOUND}
     */
    public FolderSource(Path folder) {
        this.folder = folder;
        var channel = ChannelUrl.ofFolder(folder);
        this.index = new FoundIndex(Fetcher.of(channel, FetchPolicy.standard()), channel);
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public List<Subdir> subdirs() {
        try (var folders = Files.newDirectoryStream(folder, Files::isDirectory)) {
            var subdirs = new ArrayList<Subdir>();
            folders.forEach(path -> subdir(path).ifPresent(subdirs::add));
            subdirs.sort(Comparator.comparing(Subdir::text));
            return subdirs;
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadable(folder, e);
        }
    }

    private static Optional<Subdir> subdir(Path path) {
        try {
            return Optional.of(Subdir.parse(String.valueOf(path.getFileName())));
        } catch (ProblemException e) {
            return Optional.empty(); // a folder of another kind
        }
    }

    @Override
    public List<SourceFile> files(Subdir subdir) {
        try (var paths = Files.newDirectoryStream(folder.resolve(subdir.text()))) {
            var files = new ArrayList<SourceFile>();
            for (var path : paths) {
                var name = FoundIndex.archiveName(String.valueOf(path.getFileName()));
                var attributes = name.isEmpty() ? null : Files.readAttributes(path, BasicFileAttributes.class);
                if (attributes != null && attributes.isRegularFile()) {
                    files.add(new SourceFile(subdir, name.get(), attributes.size(), null));
                }
            }
            files.sort(FoundIndex.BY_PACKAGE);
            return files;
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadable(folder.resolve(subdir.text()), e);
        }
    }

    @Override
    public Path open(SourceFile file) {
        return folder.resolve(file.subdir().text()).resolve(file.name().fileName());
    }

    @Override
    public boolean readIndex(Subdir subdir, RepodataVisitor visitor) {
        return index.read(subdir, visitor);
    }

    private static ProblemException unreadable(Path path, Exception e) {
        return new ProblemException(Code.DISK_ERROR, "cannot read " + path + ": " + e.getMessage(), e);
    }
}
