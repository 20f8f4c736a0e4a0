package dev.bulla.channel.store;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/** The real {@link Disk}; whatever fails is a {@link DiskException}. */
public final class LocalDisk implements Disk {
    /** Something done to a file. */
    @FunctionalInterface
    private interface Effect {
        void run() throws IOException;
    }

    private static void on(Path file, Effect effect) throws DiskException {
        try {
            effect.run();
        } catch (IOException failure) {
            throw new DiskException(file, failure);
        }
    }

    @Override
    public OutputStream create(Path file) throws IOException {
        try {
            var options = Set.<OpenOption>of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new Output(file, Channels.newOutputStream(FileChannel.open(file, options, Folders.ownerOnly(file))));
        } catch (IOException failure) {
            throw new DiskException(file, failure);
        }
    }

    private static final class Output extends FilterOutputStream {
        private final Path file;

        Output(Path file, OutputStream out) {
            super(out);
            this.file = file;
        }

        @Override
        public void write(int oneByte) throws IOException {
            on(file, () -> out.write(oneByte));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            on(file, () -> out.write(bytes, offset, length));
        }

        @Override
        public void close() throws IOException {
            on(file, out::close);
        }
    }

    @Override
    public void sync(Path file) throws IOException {
        on(file, () -> force(file, StandardOpenOption.WRITE));
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        on(to, () -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        on(folder, () -> force(folder, StandardOpenOption.READ));
    }

    private static void force(Path file, StandardOpenOption way) throws IOException {
        try (var channel = FileChannel.open(file, way)) {
            channel.force(true);
        }
    }

    @Override
    public Optional<Barrier> barrier(Path folder) throws IOException {
        return FileSystemBarrier.open(folder);
    }

    @Override
    public void delete(Path file) throws IOException {
        on(file, () -> Files.deleteIfExists(file));
    }

    @Override
    public void commit(Runnable databaseCommit) {
        databaseCommit.run();
    }
}
