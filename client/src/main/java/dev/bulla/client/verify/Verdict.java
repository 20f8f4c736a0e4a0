package dev.bulla.client.verify;

import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Problem;

/** What was found out about one file of a channel. */
public sealed interface Verdict {
    /** Where it is. */
    Subdir subdir();

    /** Its name: an artifact's, or {@code repodata.json} for what concerns a whole subdir. */
    String fileName();

    /** It may be used. */
    record Verified(Subdir subdir, String fileName, Evidence evidence) implements Verdict {
        /** As people read it: {@code verified zlib-1.3.1-h_0.conda: root v3, …}. */
        @Override
        public String toString() {
            return "verified " + fileName + ": " + evidence;
        }
    }

    /** It must not be used. */
    record Failed(Subdir subdir, String fileName, Problem problem) implements Verdict {
        @Override
        public String toString() {
            return "NOT TRUSTED " + subdir + "/" + fileName + ": " + problem;
        }
    }
}
