package dev.bulla.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Small files that were asked for lately, in memory outside the heap. Only for paths whose content never changes.
 * Whoever asks has made sure that the file may be served; nothing is decided here.
 */
final class HotFiles {
    /** The longest file that is kept. */
    static final int MAX_FILE_BYTES = 64 * 1024;

    /** Stored bytes, and shards. */
    private static final Pattern NAMED_BY_DIGEST = Pattern.compile("([0-9a-f]{64})(\\.msgpack\\.zst)?");

    private static final long MAX_TOTAL_BYTES = 32L << 20;

    /** In the order of use, the latest last. Guarded by itself. */
    private final LinkedHashMap<Path, ByteBuffer> files = new LinkedHashMap<>(16, 0.75f, true);

    private long totalBytes;

    /** These bytes of a file of at most {@link #MAX_FILE_BYTES}. */
    ByteBuffer part(Path path, long offsetBytes, long lengthBytes) throws IOException {
        var content = cached(path);
        if (content == null) {
            content = read(path);
            if (content.capacity() < offsetBytes + lengthBytes) {
                throw new FileSystemException(path.toString(), null, "it is shorter than it was written");
            }
            requireOwnName(path, content);
            keep(path, content);
        }
        return content.slice((int) offsetBytes, (int) lengthBytes);
    }

    /** A file that is named by the digest of its bytes is not kept, nor sent, when they have become others. */
    private static void requireOwnName(Path path, ByteBuffer content) throws FileSystemException {
        var name = NAMED_BY_DIGEST.matcher(String.valueOf(path.getFileName()));
        if (name.matches() && !name.group(1).equals(sha256(content))) {
            throw new FileSystemException(path.toString(), null, "it has other bytes than its name says");
        }
    }

    private static String sha256(ByteBuffer content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.duplicate());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
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
