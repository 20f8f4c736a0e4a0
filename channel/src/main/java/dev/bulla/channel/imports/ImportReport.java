package dev.bulla.channel.imports;

import dev.bulla.problem.Problem;
import java.util.List;

/**
 * What became of a bulk of files.
 *
 * @param imported how many are public now that were not before
 * @param alreadyThere how many the channel had, byte for byte
 * @param refused the others
 * @param generation the journal position that the indexes show
 */
public record ImportReport(int imported, int alreadyThere, List<Refused> refused, long generation) {
    /** Copies. */
    public ImportReport {
        refused = List.copyOf(refused);
    }

    /**
     * A file that is not in the channel.
     *
     * @param path as it was given
     * @param problems why; at least one
     */
    public record Refused(String path, List<Problem> problems) {
        /** Copies. */
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
