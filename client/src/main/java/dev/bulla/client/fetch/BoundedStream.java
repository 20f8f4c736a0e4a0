package dev.bulla.client.fetch;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Holds a body to its limit, its announced length and a least rate. Not safe to share. */
final class BoundedStream extends FilterInputStream {
    private static final long GRACE_NANOS = 30_000_000_000L;

    private final URI uri;
    private final Limit limit;
    private final long lengthBytes;
    private final int minBytesPerSecond;
    private final long startNanos = System.nanoTime();
    private long count;

    BoundedStream(InputStream in, URI uri, Limit limit, long lengthBytes, int minBytesPerSecond) {
        super(in);
        this.uri = uri;
        this.limit = limit;
        this.lengthBytes = lengthBytes;
        this.minBytesPerSecond = minBytesPerSecond;
        if (lengthBytes > limit.maxBytes()) {
            throw tooLong();
        }
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        int read;
        try {
            read = super.read(buffer, offset, length);
        } catch (IOException e) {
            throw new ConnectionBroken(
                    ChannelUrl.shown(uri) + " broke off after " + count + " bytes: " + e.getMessage(), e);
        }
        if (read < 0) {
            checkWhole();
            return read;
        }
        count += read;
        if (count > limit.maxBytes()) {
            throw tooLong();
        }
        checkRate();
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        var buffer = new byte[Math.clamp(bytes, 0, 8192)];
        return Math.max(0, read(buffer, 0, buffer.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void checkWhole() {
        if (lengthBytes >= 0 && count != lengthBytes) {
            throw new ConnectionBroken(
                    ChannelUrl.shown(uri) + " broke off: " + count + " of " + lengthBytes + " bytes arrived", null);
        }
    }

    private void checkRate() {
        var nanos = System.nanoTime() - startNanos;
        if (nanos > GRACE_NANOS && count < nanos / 1e9 * minBytesPerSecond) {
            throw new ProblemException(
                    Code.SERVER_UNREACHABLE,
                    ChannelUrl.shown(uri) + " is slower than " + minBytesPerSecond + " bytes a second: given up after "
                            + count + " bytes");
        }
    }

    private ProblemException tooLong() {
        return new ProblemException(
                Code.SERVER_ANSWER_BAD,
                ChannelUrl.shown(uri) + ": a " + limit.what() + " of more than " + limit.maxBytes()
                        + " bytes is not read");
    }
}
