package dev.bulla.channel.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes that are arriving: written to a file and hashed on the way, in constant memory. Not safe to share. */
public final class Incoming implements AutoCloseable {
    private final Disk disk;
    private final Path file;
    private final OutputStream out;
    private final MessageDigest sha256 = digest("SHA-256");
    private final MessageDigest md5 = digest("MD5");
    private long sizeBytes;
    private boolean gone;

    Incoming(Disk disk, Path file) throws IOException {
        this.disk = disk;
        this.file = file;
        this.out = disk.create(file);
    }

    /** Takes the next bytes. */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        sha256.update(bytes, offset, length);
        md5.update(bytes, offset, length);
        sizeBytes += length;
    }

    /** How many bytes have arrived. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** Says that all bytes have arrived. */
    public Received finish() throws IOException {
        out.close();
        return new Received(file, Sha256.of(sha256.digest()), HexFormat.of().formatHex(md5.digest()), sizeBytes);
    }

    /** Says that the file has gone where it is kept, so that nothing is to be removed here. */
    public void gone() {
        gone = true;
    }

    /** Ends it; bytes that were not kept meanwhile are gone. */
    @Override
    public void close() throws IOException {
        out.close();
        if (!gone) {
            disk.delete(file);
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
