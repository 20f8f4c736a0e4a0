package dev.bulla.channel.catalog;

import dev.bulla.channel.store.Job;
import dev.bulla.channel.store.JobQueue;
import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Subdir;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** What is in the channels, read and changed in the caller's transaction. */
public final class Catalog {
    /** The kind of job that makes a subdir's index; its subject is the {@link Place}. */
    public static final String INDEX_JOB = "index";

    private Catalog() {}

    /** Adds a channel; false when there is one of this name. */
    public static boolean addChannel(Handle handle, ChannelName channel, Instant createdAt) {
        return ChannelTable.insert(handle, channel, createdAt);
    }

    /** The channels, sorted. */
    public static List<ChannelName> channels(Handle handle) {
        return ChannelTable.list(handle);
    }

    /** Adds an empty subdir, as of this journal position. Its index is made by whoever opens the channel. */
    public static void addSubdir(Handle handle, Place place, long position) {
        SubdirTable.change(handle, place, position);
    }

    /** The subdirs of a channel, sorted. */
    public static List<Subdir> subdirs(Handle handle, ChannelName channel) {
        return SubdirTable.list(handle, channel);
    }

    /** The journal position that the subdir's index must show; empty when there is no such subdir. */
    public static OptionalLong changedPosition(Handle handle, Place place) {
        return SubdirTable.changedPosition(handle, place);
    }

    /**
     * Adds an artifact whose promotion has this journal position, and asks for the index that shows it. The name must be
     * free; the subdir comes into being if it is not there.
     */
    public static void add(Handle handle, NewArtifact artifact, long position) {
        var subdirId = SubdirTable.change(handle, artifact.place(), position);
        ArtifactTable.insert(handle, subdirId, artifact, position);
        JobQueue.enqueue(handle, new Job(INDEX_JOB, artifact.place().toString()), artifact.publishedAt());
    }

    /** What is published under this name. */
    public static Optional<Artifact> find(Handle handle, Place place, ArchiveName name) {
        return ArtifactTable.find(handle, place, name);
    }

    /** What is published under this name in any subdir of the channel. */
    public static List<Artifact> named(Handle handle, ChannelName channel, ArchiveName name) {
        return ArtifactTable.named(handle, channel, name);
    }

    /** Whether an artifact has these bytes. */
    public static boolean isNamed(Handle handle, Sha256 sha256) {
        return ArtifactTable.isNamed(handle, sha256);
    }

    /** Streams the subdir's records of one archive type in the order of their file names. */
    public static void forEachRecord(Handle handle, Place place, ArchiveType type, RecordVisitor visitor) {
        ArtifactTable.forEachRecord(handle, place, type, visitor);
    }
}
