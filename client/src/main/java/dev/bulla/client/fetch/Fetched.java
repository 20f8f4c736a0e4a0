package dev.bulla.client.fetch;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/**
 * An open body. Reading never gives more than the limit, and throws {@link ProblemException} instead of ending early;
 * so whoever reads to the end has the whole of it.
 *
 * @param uri where it came from, after a redirect
 * @param body the bytes
 * @param lengthBytes as announced; -1 when it was not
 */
public record Fetched(URI uri, InputStream body, long lengthBytes) {
    /** All bytes. */
    public byte[] bytes() {
        try {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new ProblemException(Code.SERVER_UNREACHABLE, ChannelUrl.shown(uri) + ": " + e.getMessage(), e);
        }
    }

    /** What to do with a body. It may be called again with a new one when the first broke off. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Reads as much as is wanted. */
        T read(Fetched fetched) throws IOException;
    }
}
