package dev.bulla.channel.publish;

import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Problem;
import java.util.List;

/** What became of an upload. */
public sealed interface PublishResult {
    /**
     * It is public: served, in the shards and signed; what lists its subdir whole follows.
     *
     * @param subdir where
     * @param name under which file name
     * @param sha256 of its bytes
     * @param sizeBytes how many they are
     * @param alreadyThere whether the same bytes were there before; then nothing was changed
     * @param generation the generation of the shards that shows it, and every later one
     */
    record Published(
            Subdir subdir, ArchiveName name, Sha256 sha256, long sizeBytes, boolean alreadyThere, long generation)
            implements PublishResult {}

    /**
     * It is not taken, and nothing of it is kept but the note that it was refused.
     *
     * @param problems why; at least one, all that were found
     */
    record Rejected(List<Problem> problems) implements PublishResult {
        /** Keeps its own copy. */
        public Rejected {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("a rejection has a reason");
            }
        }
    }
}
