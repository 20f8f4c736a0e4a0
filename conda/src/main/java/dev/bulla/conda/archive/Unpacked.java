package dev.bulla.conda.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What a decoder gives, within the budget. Not safe to share between threads. */
final class Unpacked extends FilterInputStream {
    private final Budget budget;

    Unpacked(InputStream decoder, Budget budget) {
        super(decoder);
        this.budget = budget;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var count = decoded(bytes, offset, length);
        budget.spend(Math.max(count, 0));
        return count;
    }

    private int decoded(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (UncheckedIOException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The decoders are other people's code: on broken input any of these may come out of them.
            throw new DecodingException(e);
        }
    }
}
