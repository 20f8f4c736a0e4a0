package dev.bulla.client.shards;

import com.github.luben.zstd.ZstdInputStream;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Unpacks Zstandard within the bounds that conda has too, so that a small file cannot become a large one. */
final class Unpacked {
    private Unpacked() {}

    /**
     * All bytes.
     *
     * @param maxBytes the most that come out
     * @param maxWindowLog the largest window, as a power of two
     */
    static byte[] of(byte[] compressed, int maxBytes, int maxWindowLog) {
        try (var in = new ZstdInputStream(new ByteArrayInputStream(compressed)).setLongMax(maxWindowLog)) {
            var bytes = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                throw new ProblemException(Code.METADATA_MALFORMED, "unpacks to more than " + maxBytes + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new ProblemException(Code.METADATA_MALFORMED, "cannot be unpacked: " + e.getMessage(), e);
        }
    }
}
