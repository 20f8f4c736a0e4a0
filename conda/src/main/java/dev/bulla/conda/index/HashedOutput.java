package dev.bulla.conda.index;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes a new file and knows its digest at the end. Not safe to share between threads. */
final class HashedOutput implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final MessageDigest sha256;
    private final OutputStream out;

    private HashedOutput(Path path, MessageDigest sha256, OutputStream out) {
        this.path = path;
        this.sha256 = sha256;
        this.out = out;
    }

    /** Opens this file, which is made or emptied. */
    static HashedOutput open(Path path) throws IOException {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            var hashed = new DigestOutputStream(Files.newOutputStream(path), sha256);
            return new HashedOutput(path, sha256, new BufferedOutputStream(hashed, BUFFER));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    OutputStream stream() {
        return out;
    }

    /** Completes the file. */
    IndexFile finish() throws IOException {
        out.close();
        return new IndexFile(path, Files.size(path), HexFormat.of().formatHex(sha256.digest()));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
