package dev.bulla.client.imports;

import dev.bulla.problem.Problem;
import java.util.List;

/**
 * How an import has ended.
 *
 * @param found how many packages the source has
 * @param foundBytes and how many bytes
 * @param imported how many are public now that were not before; in a dry run, how many would be sent
 * @param alreadyThere how many the channel had, byte for byte
 * @param refused the others
 * @param payloadUnchecked how many artifacts of the channel wait for the check of their payload
 * @param differences between an index that was found and what is in the channel now
 */
public record ImportOutcome(
        int found,
        long foundBytes,
        int imported,
        int alreadyThere,
        List<Refused> refused,
        long payloadUnchecked,
        List<Difference> differences) {
    /** Copies. */
    public ImportOutcome {
        refused = List.copyOf(refused);
        differences = List.copyOf(differences);
    }

    /**
     * A package that is not in the channel.
     *
     * @param path {@code SUBDIR/FILE}
     * @param problems why; at least one
     */
    public record Refused(String path, List<Problem> problems) {
        /** Copies. */
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Where an index that was found says something else.
     *
     * @param path {@code SUBDIR/FILE}
     * @param what in a sentence's end: {@code is not listed}, or which fields differ
     */
    public record Difference(String path, String what) {}
}
