package dev.bulla.channel.store;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to serve a data folder, held by one process at a time. The kernel holds it for the open file, so that it
 * ends with the process however that ends; the file itself stays and means nothing.
 *
 * <p>POSIX drops a process's lock when the process closes <em>any</em> descriptor of the file, so one that this process
 * holds already is found in {@link #HELD} and the file is not opened a second time.
 */
public final class FolderLock implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel file;

    private FolderLock(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /** Takes the lock, or throws {@link Code#DATA_IN_USE}. */
    public static FolderLock take(DataFolder data) throws IOException {
        return tryTake(data)
                .orElseThrow(() -> new ProblemException(
                        Code.DATA_IN_USE, data.folder() + " is served by another process, which must stop first"));
    }

    /** Takes the lock unless another process, or another part of this one, has it. */
    public static Optional<FolderLock> tryTake(DataFolder data) throws IOException {
        var path = data.folder().toRealPath().resolve(data.lock().getFileName());
        if (!HELD.add(path)) {
            return Optional.empty();
        }
        var taken = Optional.<FolderLock>empty();
        try {
            taken = lock(path);
            return taken;
        } finally {
            if (taken.isEmpty()) {
                HELD.remove(path);
            }
        }
    }

    private static Optional<FolderLock> lock(Path path) throws IOException {
        var file = FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), Folders.ownerOnly(path));
        if (file.tryLock() == null) {
            file.close();
            return Optional.empty();
        }
        return Optional.of(new FolderLock(path, file));
    }

    @Override
    public void close() throws IOException {
        file.close();
        HELD.remove(path);
    }
}
