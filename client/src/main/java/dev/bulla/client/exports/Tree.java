package dev.bulla.client.exports;

import dev.bulla.client.fetch.Fetched;
import dev.bulla.client.update.DurableFile;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A folder with files by their path in the channel, none of which leads out of it. Safe to share for different files. */
final class Tree {
    private final Path folder;
    private final Set<Path> changed = ConcurrentHashMap.newKeySet();

    Tree(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Whether the file is here with this SHA-256. */
    boolean has(String path, String sha256) {
        return sha256(path).filter(sha256::equals).isPresent();
    }

    /** Whether the file is here with this size and SHA-256. */
    boolean has(String path, Listed file) {
        return guarded(
                path, () -> isFile(path) && Files.size(at(path)) == file.sizeBytes() && has(path, file.sha256()));
    }

    /** The digest of a file, empty when it is not here. */
    Optional<String> sha256(String path) {
        return guarded(path, () -> {
            if (!isFile(path)) {
                return Optional.empty();
            }
            try (var in = open(path)) {
                return Optional.of(Sha256.of(in));
            }
        });
    }

    /** Whether there is a file, in folders none of which is a link to elsewhere. */
    boolean isFile(String path) {
        return guarded(
                path, () -> Files.isRegularFile(at(path), LinkOption.NOFOLLOW_LINKS) && isInside(parent(at(path))));
    }

    /** Opens a file that is here. */
    InputStream open(String path) throws IOException {
        return new BufferedInputStream(Files.newInputStream(at(path)), 1 << 16);
    }

    /** All bytes of a small file. */
    byte[] bytes(String path) {
        return guarded(path, () -> Files.readAllBytes(at(path)));
    }

    /** Writes what comes and flushes it; its SHA-256. */
    String save(Fetched fetched, String path) throws IOException {
        try (var file = guarded(path, () -> create(path))) {
            var sha256 = Sha256.copy(fetched.body(), new Local(path, Channels.newOutputStream(file)));
            guarded(path, () -> {
                file.force(true);
                return file;
            });
            return sha256;
        }
    }

    /** Writes a small file wholly or not at all. */
    void write(String path, byte[] content) {
        var aside = path + ".new";
        guarded(path, () -> {
            try (var file = create(aside)) {
                var buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    file.write(buffer);
                }
                file.force(true);
            }
            return null;
        });
        take(this, aside, path);
        sync();
    }

    private FileChannel create(String path) throws IOException {
        makeFolderOf(path);
        Files.deleteIfExists(at(path));
        return FileChannel.open(at(path), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Moves a file of another tree on the same disk here, in place of what has its name. */
    void take(Tree from, String source, String path) {
        guarded(path, () -> {
            makeFolderOf(path);
            return Files.move(from.at(source), at(path), StandardCopyOption.ATOMIC_MOVE);
        });
    }

    /** Gives a file of this tree a second name; where the disk cannot do that, a copy. */
    void link(String path, String original, Listed file, Tree aside) {
        guarded(path, () -> {
            makeFolderOf(path);
            if (isFile(path) && (Files.isSameFile(at(path), at(original)) || has(path, file))) {
                return path;
            }
            aside.makeFolderOf(path);
            var second = aside.at(path);
            Files.deleteIfExists(second);
            try {
                Files.createLink(second, at(original));
            } catch (UnsupportedOperationException e) {
                Files.copy(at(original), second);
            }
            take(aside, path, path);
            return path;
        });
    }

    void remove(String path) {
        guarded(path, () -> {
            if (isFile(path)) {
                Files.delete(at(path));
                changed.add(parent(at(path)));
            }
            return null;
        });
    }

    /** The names of the files in a folder. */
    List<String> names(String path) {
        return guarded(path, () -> {
            var names = new ArrayList<String>();
            if (Files.isDirectory(at(path)) && isInside(at(path))) {
                try (var files = Files.newDirectoryStream(at(path))) {
                    files.forEach(file -> names.add(String.valueOf(file.getFileName())));
                }
            }
            return names;
        });
    }

    /** Makes the names of all files durable that have come or gone since the last time. */
    void sync() {
        for (var one : List.copyOf(changed)) {
            guarded("", () -> {
                DurableFile.syncFolder(one);
                return changed.remove(one);
            });
        }
    }

    /** Removes the folder and all in it. */
    void clear() {
        guarded("", () -> {
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.walkFileTree(folder, new Removal());
            }
            return null;
        });
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
            if (e != null) {
                throw e;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
        }
    }

    /** Where a file is. The names in the path were parsed before; this is the second lock on the same door. */
    private Path at(String path) {
        var file = folder.resolve(path).normalize();
        if (!file.startsWith(folder) || path.startsWith("/")) {
            throw new IllegalArgumentException("leads out of the folder: " + path);
        }
        return file;
    }

    /** Makes the folders above a file; one that is a link to elsewhere is not gone into. */
    private void makeFolderOf(String path) throws IOException {
        var parent = parent(at(path));
        if (!changed.contains(parent)) {
            Files.createDirectories(folder);
            var there = parent;
            while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
                there = parent(there);
            }
            if (!isInside(there)) {
                throw new IOException(there + " is a link to elsewhere");
            }
            Files.createDirectories(parent);
            for (var one = parent; one.startsWith(folder); one = parent(one)) {
                changed.add(one);
            }
        }
    }

    private boolean isInside(Path existing) throws IOException {
        var real = folder.toRealPath().resolve(folder.relativize(existing).toString());
        return existing.toRealPath().equals(real);
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent(), "a file is in a folder");
    }

    /** Tells a failure of this disk from one of the network. */
    private final class Local extends OutputStream {
        private final String path;
        private final OutputStream out;

        Local(String path, OutputStream out) {
            this.path = path;
            this.out = out;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            guarded(path, () -> {
                out.write(bytes, offset, length);
                return null;
            });
        }
    }

    /** Something that is done with files. */
    @FunctionalInterface
    private interface Step<T extends @Nullable Object> {
        T run() throws IOException;
    }

    private <T extends @Nullable Object> T guarded(String path, Step<T> step) {
        try {
            return step.run();
        } catch (IOException e) {
            var reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new ProblemException(
                    Code.DISK_ERROR, "cannot read or write " + folder.resolve(path) + ": " + reason, e);
        }
    }
}
