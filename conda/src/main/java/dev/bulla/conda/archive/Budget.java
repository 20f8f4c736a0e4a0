package dev.bulla.conda.archive;

import dev.bulla.conda.name.Excerpt;
import dev.bulla.problem.Code;

/** Counts what an archive unpacks to and ends the reading when it is too much. Not safe to share between threads. */
final class Budget {
    private static final long RATIO_COUNTS_FROM = 64L << 20;

    private final ArchiveLimits limits;
    private final long archiveBytes;
    private long unpacked;
    private long pathsLength;
    private int members;

    Budget(ArchiveLimits limits, long archiveBytes) {
        this.limits = limits;
        this.archiveBytes = archiveBytes;
    }

    void spend(long bytes) {
        unpacked += bytes;
        if (unpacked > limits.unpackedBytes()) {
            throw tooLarge("unpacks to more than " + limits.unpackedBytes() + " bytes");
        }
        if (unpacked > RATIO_COUNTS_FROM && unpacked / limits.ratio() > archiveBytes) {
            throw tooLarge("unpacks to more than " + limits.ratio() + " times its size");
        }
    }

    void countMember() {
        members++;
        if (members > limits.members()) {
            throw tooLarge("has more than " + limits.members() + " members");
        }
    }

    /** Paths and link targets are held in memory until the end; together they must fit into a list of paths. */
    void countPath(String path, String target) {
        var length = Math.max(path.length(), target.length());
        if (length > limits.pathLength()) {
            throw new ArchiveException(
                    Code.ARCHIVE_TOO_LARGE,
                    "path " + Excerpt.of(path) + " or its link target is over " + limits.pathLength() + " characters");
        }
        pathsLength += path.length() + target.length();
        if (pathsLength > limits.pathsJsonBytes()) {
            throw tooLarge("has paths of more than " + limits.pathsJsonBytes() + " characters together");
        }
    }

    ArchiveLimits limits() {
        return limits;
    }

    long unpackedBytes() {
        return unpacked;
    }

    private static ArchiveException tooLarge(String why) {
        return new ArchiveException(Code.ARCHIVE_TOO_LARGE, "the archive " + why);
    }
}
