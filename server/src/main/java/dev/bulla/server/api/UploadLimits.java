package dev.bulla.server.api;

import java.time.Duration;

/**
 * How much may be uploaded.
 *
 * @param maxBytes the longest package
 * @param maxConcurrent how many uploads are read at once, over all channels
 * @param patience how long a further upload waits for a place before it is refused
 * @param grace how long the server waits for bytes in all before an upload that brings less than 1 KiB a second ends
 */
public record UploadLimits(long maxBytes, int maxConcurrent, Duration patience, Duration grace) {
    /** 5 GiB, 256 at once, 10 s, 20 s. */
    public static final UploadLimits DEFAULT =
            new UploadLimits(5L << 30, 256, Duration.ofSeconds(10), Duration.ofSeconds(20));

    /** Checks the ranges. */
    public UploadLimits {
        if (maxBytes < 1 || maxConcurrent < 1 || patience.isNegative()) {
            throw new IllegalArgumentException("upload limits out of range: " + maxBytes + ", " + maxConcurrent);
        }
    }

    /** The same for packages of up to so many bytes. */
    public UploadLimits withMaxBytes(long bytes) {
        return new UploadLimits(bytes, maxConcurrent, patience, grace);
    }

    /** The same for so many at once, of which a further one waits so long. */
    public UploadLimits withPlaces(int places, Duration waiting) {
        return new UploadLimits(maxBytes, places, waiting, grace);
    }

    /** The same with this patience for slow clients. */
    public UploadLimits withGrace(Duration time) {
        return new UploadLimits(maxBytes, maxConcurrent, patience, time);
    }
}
