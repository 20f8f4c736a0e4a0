package dev.bulla.client.fetch;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a channel that is a folder. */
final class FolderFetcher implements Fetcher {
    private final Path folder;

    FolderFetcher(ChannelUrl channel) {
        this.folder = Path.of(channel.uri());
        if (!Files.isDirectory(folder)) {
            throw new ProblemException(Code.FILE_NOT_FOUND, "there is no folder " + folder);
        }
    }

    @Override
    public <T> Optional<T> get(URI uri, Limit limit, Fetched.Reader<T> reader) {
        var file = inside(uri);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            var length = Files.size(file);
            var body = new BoundedStream(in, uri, limit, length, 0);
            return Optional.of(reader.read(new Fetched(uri, body, length)));
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Head> head(URI uri) {
        var file = inside(uri);
        try {
            return Files.isRegularFile(file) ? Optional.of(new Head(Files.size(file), null)) : Optional.empty();
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> subdirNames() {
        try (var folders = Files.newDirectoryStream(folder, Files::isDirectory)) {
            var names = new ArrayList<String>();
            folders.forEach(path -> names.add(String.valueOf(path.getFileName())));
            names.sort(null);
            return names;
        } catch (IOException | DirectoryIteratorException e) {
            throw new ProblemException(Code.DISK_ERROR, "cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private Path inside(URI uri) {
        var file = Path.of(uri).normalize();
        if (!file.startsWith(folder)) {
            throw new IllegalArgumentException(uri + " is outside of " + folder);
        }
        return file;
    }
}
