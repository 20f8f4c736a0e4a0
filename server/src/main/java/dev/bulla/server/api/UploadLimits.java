package dev.bulla.server.api;

import java.time.Duration;

/**
 * How much may be uploaded.
 *
 * @param maxBytes the longest package
 * @param maxConcurrent how many uploads are read at once, over all channels
 * @param patience how long a further upload waits for a place before it is refused
 */
public record UploadLimits(long maxBytes, int maxConcurrent, Duration patience) {
    /** 5 GiB, 256 at once, 10 s. */
    public static final UploadLimits DEFAULT = new UploadLimits(5L << 30, 256, Duration.ofSeconds(10));

    /** Checks the ranges. */
    public UploadLimits {
        if (maxBytes < 1 || maxConcurrent < 1 || patience.isNegative()) {
            throw new IllegalArgumentException("upload limits out of range: " + maxBytes + ", " + maxConcurrent);
        }
    }
}
