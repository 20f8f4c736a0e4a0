package dev.bulla.channel.fsck;

import java.nio.file.Path;
import java.util.List;

/**
 * What was looked at, and what came of it.
 *
 * @param records how many artifacts have a row; each was verified in both views
 * @param storedFiles how many stored files were read
 * @param storedBytes how many bytes they have
 * @param indexFiles how many index files were made once more and compared
 * @param notes how many findings need nobody
 * @param derived how many are of something derived
 * @param damages how many are of the store itself
 * @param wrong the derived files and folders that have to go so that they are made again
 */
public record Report(
        long records,
        long storedFiles,
        long storedBytes,
        long indexFiles,
        long notes,
        long derived,
        long damages,
        List<Path> wrong) {
    /** Keeps its own copy. */
    public Report {
        wrong = List.copyOf(wrong);
    }

    /** Whether nothing was found but notes. */
    public boolean isClean() {
        return derived == 0 && damages == 0;
    }
}
