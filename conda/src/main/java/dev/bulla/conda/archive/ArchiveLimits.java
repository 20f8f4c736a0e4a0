package dev.bulla.conda.archive;

/**
 * How much a package may unpack to before it is refused.
 *
 * @param unpackedBytes of all tar archives in it, with their headers
 * @param ratio how many times its own size it may unpack to, once that is over 64 MiB
 * @param members files, links and directories
 * @param pathLength of one member's path or link target, in characters
 * @param indexJsonBytes of {@code info/index.json}
 * @param pathsJsonBytes of {@code info/paths.json}, and of all paths and link targets together
 */
public record ArchiveLimits(
        long unpackedBytes, int ratio, int members, int pathLength, int indexJsonBytes, int pathsJsonBytes) {
    /** Several times the largest packages known: 64 GiB, 1000 times, 200,000 members, 1024 characters, 1 MiB, 64 MiB. */
    public static final ArchiveLimits DEFAULT = new ArchiveLimits(64L << 30, 1000, 200_000, 1024, 1 << 20, 64 << 20);

    /** Each is positive. */
    public ArchiveLimits {
        if (unpackedBytes < 1
                || ratio < 1
                || members < 1
                || pathLength < 1
                || indexJsonBytes < 1
                || pathsJsonBytes < 1) {
            throw new IllegalArgumentException("a limit below 1");
        }
    }
}
