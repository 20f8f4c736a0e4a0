package dev.bulla.channel;

import dev.bulla.channel.catalog.Artifact;
import dev.bulla.channel.catalog.Payload;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Label;
import java.util.List;

/**
 * What is known of a published artifact.
 *
 * @param artifact where it is, its digests, whether it was yanked
 * @param name its file name
 * @param labels those that show it, sorted
 * @param payload how far its payload is checked
 */
public record ArtifactDetails(Artifact artifact, ArchiveName name, List<Label> labels, Payload payload) {
    /** Copies. */
    public ArtifactDetails {
        labels = List.copyOf(labels);
    }
}
