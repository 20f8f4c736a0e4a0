package dev.bulla.conda.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A new file that knows its digest at the end; closed before that, it goes away again. Not safe to share between
 * threads.
 */
final class HashedFile implements AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final Path path;
    private final FileChannel file;
    private final MessageDigest sha256;
    private boolean complete;

    private HashedFile(Path path, FileChannel file, MessageDigest sha256) {
        this.path = path;
        this.file = file;
        this.sha256 = sha256;
    }

    /** Makes the file; one that is there already is refused. */
    static HashedFile make(Path path) throws IOException {
        var sha256 = sha256();
        return new HashedFile(
                path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), sha256);
    }

    /** Writes all that the buffer has, without moving it. */
    void write(ByteBuffer bytes) throws IOException {
        sha256.update(bytes.duplicate());
        var rest = bytes.duplicate();
        while (rest.hasRemaining()) {
            file.write(rest);
        }
    }

    /** Completes the file. */
    IndexFile finish() throws IOException {
        var size = file.size();
        file.close();
        complete = true;
        return new IndexFile(path, size, HexFormat.of().formatHex(sha256.digest()));
    }

    /** What a file is now. */
    static IndexFile of(Path path) throws IOException {
        var sha256 = sha256();
        var buffer = ByteBuffer.allocate(BUFFER);
        var size = 0L;
        try (var file = FileChannel.open(path)) {
            for (var count = file.read(buffer); count >= 0; count = file.read(buffer)) {
                sha256.update(buffer.array(), 0, count);
                size += count;
                buffer.clear();
            }
        }
        return new IndexFile(path, size, HexFormat.of().formatHex(sha256.digest()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
        if (!complete) {
            Files.deleteIfExists(path);
        }
    }
}
