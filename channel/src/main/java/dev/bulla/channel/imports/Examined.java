package dev.bulla.channel.imports;

import dev.bulla.channel.catalog.Sayings;
import dev.bulla.channel.catalog.SignedRecord;
import dev.bulla.channel.patch.PatchedRecord;
import dev.bulla.problem.Problem;
import java.util.List;

/** What was found of a file. */
sealed interface Examined {
    /** The file. */
    Candidate candidate();

    /**
     * It may become public.
     *
     * @param signed its final record and the signatures
     * @param sayings what the package says beside it
     * @param patched how the record came to be so
     * @param patchedSince the journal position of the patch instructions that were followed; 0 without any
     */
    record Fit(Candidate candidate, SignedRecord signed, Sayings sayings, PatchedRecord patched, long patchedSince)
            implements Examined {}

    /**
     * It may not.
     *
     * @param problems why; at least one
     */
    record Unfit(Candidate candidate, List<Problem> problems) implements Examined {
        /** Copies. */
        public Unfit {
            problems = List.copyOf(problems);
        }
    }
}
