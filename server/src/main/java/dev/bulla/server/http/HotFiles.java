package dev.bulla.server.http;

import dev.bulla.channel.store.Sha256;
import dev.bulla.server.exchange.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Small files that were asked for lately, in memory outside the heap. Only for paths whose content never changes.
 * Whoever asks has made sure that the file may be served; nothing is decided here.
 */
final class HotFiles {
    /** The longest file that is kept. */
    static final int MAX_FILE_BYTES = 64 * 1024;

    private static final long MAX_TOTAL_BYTES = 32L << 20;

    /** In the order of use, the latest last. Guarded by itself. */
    private final LinkedHashMap<Path, ByteBuffer> files = new LinkedHashMap<>(16, 0.75f, true);

    private long totalBytes;

    /**
     * These bytes of a file of at most {@link #MAX_FILE_BYTES}.
     *
     * @throws FileSystemException when the file has become another; it is not kept then, nor sent
     */
    ByteBuffer part(Answer.FilePart part) throws IOException {
        var content = cached(part.path());
        if (content == null) {
            content = read(part.path());
            if (!part.sha256().equals(Sha256.digest(content))) {
                throw new FileSystemException(
                        part.path().toString(), null, "it has not the bytes that it was written with");
            }
            keep(part.path(), content);
        }
        return content.slice((int) part.offsetBytes(), (int) part.lengthBytes());
    }

    private @Nullable ByteBuffer cached(Path path) {
        synchronized (files) {
            return files.get(path);
        }
    }

    private void keep(Path path, ByteBuffer content) {
        synchronized (files) {
            if (files.putIfAbsent(path, content) != null) {
                return;
            }
            totalBytes += content.capacity();
            while (totalBytes > MAX_TOTAL_BYTES) {
                totalBytes -= files.pollFirstEntry().getValue().capacity();
            }
        }
    }

    private static ByteBuffer read(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            var content = ByteBuffer.allocateDirect((int) channel.size());
            while (content.hasRemaining()) {
                if (channel.read(content) < 0) {
                    throw new FileSystemException(path.toString(), null, "it became shorter while it was read");
                }
            }
            return content.flip().asReadOnlyBuffer();
        }
    }
}
