package dev.bulla.channel.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Barrier} by Linux's {@code syncfs(2)}. Its file descriptor is open all the time, since errors are told to it. */
final class FileSystemBarrier implements Barrier {
    private static final Logger LOG = LoggerFactory.getLogger(FileSystemBarrier.class);
    private static final int READ_ONLY_CLOSE_ON_EXEC = 02000000;

    private final Calls calls;
    private final String folder;
    private int descriptor;

    private FileSystemBarrier(Calls calls, String folder, int descriptor) {
        this.calls = calls;
        this.folder = folder;
        this.descriptor = descriptor;
    }

    /** A barrier of the file system that has this folder; empty where the system knows none. */
    static Optional<Barrier> open(Path folder) throws IOException {
        var calls = Calls.FOUND;
        if (calls.isEmpty()) {
            return Optional.empty();
        }
        var descriptor = calls.get().open(folder.toString());
        if (descriptor < 0) {
            throw new IOException(folder + " cannot be opened to be synced");
        }
        return Optional.of(new FileSystemBarrier(calls.get(), folder.toString(), descriptor));
    }

    @Override
    public synchronized void sync() throws IOException {
        if (descriptor < 0) {
            throw new IllegalStateException("the barrier is closed");
        }
        if (calls.sync(descriptor) != 0) {
            throw new IOException("what was written in " + folder + " did not all reach the disk");
        }
    }

    @Override
    public synchronized void close() {
        if (descriptor >= 0) {
            calls.close(descriptor);
            descriptor = -1;
        }
    }

    /** The functions of the C library. */
    private record Calls(MethodHandle openHandle, MethodHandle syncHandle, MethodHandle closeHandle) {
        static final Optional<Calls> FOUND = find();

        private static Optional<Calls> find() {
            if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Calls(
                        handle("open", Linker.Option.firstVariadicArg(2), ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                        handle("syncfs", null, ValueLayout.JAVA_INT),
                        handle("close", null, ValueLayout.JAVA_INT)));
            } catch (RuntimeException | LinkageError failure) {
                LOG.info("the system has no syncfs that can be called, so each file is synced by itself", failure);
                return Optional.empty();
            }
        }

        /** Calls of these functions with these types touch no memory but the path. */
        @SuppressWarnings("restricted")
        private static MethodHandle handle(String name, Linker.@Nullable Option option, MemoryLayout... arguments) {
            var linker = Linker.nativeLinker();
            var address = linker.defaultLookup().findOrThrow(name);
            var function = FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments);
            return option == null
                    ? linker.downcallHandle(address, function)
                    : linker.downcallHandle(address, function, option);
        }

        int open(String path) {
            try (var arena = Arena.ofConfined()) {
                return (int) openHandle.invokeExact(arena.allocateFrom(path), READ_ONLY_CLOSE_ON_EXEC);
            } catch (Throwable failure) {
                throw new IllegalStateException("open cannot be called", failure);
            }
        }

        int sync(int descriptor) {
            return call(syncHandle, descriptor);
        }

        void close(int descriptor) {
            var ignored = call(closeHandle, descriptor);
            LOG.debug("closed descriptor={} result={}", descriptor, ignored);
        }

        private static int call(MethodHandle handle, int descriptor) {
            try {
                return (int) handle.invokeExact(descriptor);
            } catch (Throwable failure) {
                throw new IllegalStateException("a function of the C library cannot be called", failure);
            }
        }
    }
}
