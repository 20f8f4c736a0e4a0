package dev.bulla.client.publish;

import dev.bulla.client.verify.Evidence;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How it ended for one file. */
public sealed interface Outcome {
    /** The file as it was given. */
    Path file();

    /**
     * The channel has it, and serves these very bytes.
     *
     * @param alreadyThere true when the channel had it before this run
     * @param evidence what its record was verified against; {@code null} when no first root is known, so that only the
     *     bytes were compared
     */
    record Published(
            Path file,
            Subdir subdir,
            String fileName,
            long sizeBytes,
            String sha256,
            boolean alreadyThere,
            @Nullable Evidence evidence)
            implements Outcome {
        Published with(Evidence found) {
            return new Published(file, subdir, fileName, sizeBytes, sha256, alreadyThere, found);
        }
    }

    /**
     * It is not there, or not as it should be.
     *
     * @param problems at least one
     */
    record Refused(Path file, List<Problem> problems) implements Outcome {
        /** Copies. */
        public Refused {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("refused for no reason");
            }
        }
    }
}
