package dev.bulla.channel;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import java.util.List;

/**
 * What came of giving an artifact a label or taking one away.
 *
 * @param subdir where
 * @param name of which artifact
 * @param labels those that it has now, sorted
 * @param changed whether they were others before
 * @param generation a generation of the label's index that shows it so
 */
public record LabelResult(Subdir subdir, ArchiveName name, List<Label> labels, boolean changed, long generation) {
    /** Keeps its own copy. */
    public LabelResult {
        labels = List.copyOf(labels);
    }
}
