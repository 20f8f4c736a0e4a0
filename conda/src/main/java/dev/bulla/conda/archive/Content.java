package dev.bulla.conda.archive;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The content of a tar member, and at its end what it was. Not safe to share between threads. */
final class Content extends InputStream {
    private final TarReader tar;
    private final MessageDigest sha256;
    private long sizeBytes;

    Content(TarReader tar) {
        this.tar = tar;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var count = tar.read(bytes, offset, length);
        if (count > 0) {
            sha256.update(bytes, offset, count);
            sizeBytes += count;
        }
        return count;
    }

    /** Reads what is left, through this buffer. */
    Member.File finish(byte[] buffer) throws IOException {
        var count = read(buffer, 0, buffer.length);
        while (count >= 0) {
            count = read(buffer, 0, buffer.length);
        }
        return new Member.File(sizeBytes, Sha256.of(sha256.digest()));
    }
}
