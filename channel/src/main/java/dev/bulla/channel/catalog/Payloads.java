package dev.bulla.channel.catalog;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ChannelName;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** How far payloads are checked, read and changed in the caller's transaction. */
public final class Payloads {
    private Payloads() {}

    /**
     * An artifact whose check waits.
     *
     * @param artifact what is published
     * @param name under which name
     */
    public record Waiting(Artifact artifact, ArchiveName name) {}

    /**
     * How many artifacts of a channel are in each state but the usual one.
     *
     * @param unchecked whose check waits
     * @param noPaths without a list of paths
     * @param failed yanked because their check failed
     */
    public record Counts(long unchecked, long noPaths, long failed) {}

    /** The first artifacts of any channel, behind this position, whose check waits. */
    public static List<Waiting> waiting(Handle handle, long afterPosition, int atMost) {
        return PayloadTable.waiting(handle, afterPosition, atMost);
    }

    /** Notes how a check has ended. */
    public static void set(Handle handle, Artifact artifact, Payload payload) {
        PayloadTable.set(handle, artifact.position(), payload);
    }

    /** How far the artifact's payload is checked. */
    public static Payload of(Handle handle, Artifact artifact) {
        return PayloadTable.find(handle, artifact.position());
    }

    /** The counts of a channel. */
    public static Counts counts(Handle handle, ChannelName channel) {
        return PayloadTable.counts(handle, channel);
    }
}
