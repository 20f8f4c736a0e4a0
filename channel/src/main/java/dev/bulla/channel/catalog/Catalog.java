package dev.bulla.channel.catalog;

import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is in the channels, read and changed in the caller's transaction. */
public final class Catalog {
    private Catalog() {}

    /** Adds a channel; false when there is one of this name. */
    public static boolean addChannel(Handle handle, ChannelName channel, Visibility visibility, Instant createdAt) {
        return ChannelTable.insert(handle, channel, visibility, createdAt);
    }

    /** Who may read the channel, which must be there. */
    public static Visibility visibility(Handle handle, ChannelName channel) {
        return ChannelTable.visibility(handle, channel);
    }

    /** Changes who may read the channel. */
    public static void setVisibility(Handle handle, ChannelName channel, Visibility visibility) {
        ChannelTable.setVisibility(handle, channel, visibility);
    }

    /** The channels, sorted. */
    public static List<ChannelName> channels(Handle handle) {
        return ChannelTable.list(handle);
    }

    /** Adds an empty subdir, as of this journal position. Its index is made by whoever opens the channel. */
    public static void addSubdir(Handle handle, Place place, long position) {
        touch(handle, place, Label.MAIN, position);
    }

    /** The subdirs of a channel, sorted. */
    public static List<Subdir> subdirs(Handle handle, ChannelName channel) {
        return SubdirTable.list(handle, channel);
    }

    /** What has an index of its own in a channel, sorted by subdir and label. */
    public static List<IndexUnit> indexUnits(Handle handle, ChannelName channel) {
        return IndexUnitTable.list(handle, channel);
    }

    /** The journal position that the unit's index must show; empty when there is no such unit. */
    public static OptionalLong changedPosition(Handle handle, IndexUnit unit) {
        return IndexUnitTable.changedPosition(handle, unit);
    }

    /**
     * Adds an artifact whose promotion has this journal position. The name must be free; the subdir and the label's
     * index come into being if they are not there.
     */
    public static void add(Handle handle, NewArtifact artifact, long position) {
        var subdirId = touch(handle, artifact.place(), artifact.label(), position);
        ArtifactTable.insert(handle, subdirId, artifact, position);
        LabelTable.insert(handle, position, artifact.label());
    }

    /**
     * Adds many artifacts whose payloads are to be checked yet; the first one's promotion has this journal position, the
     * others' have those that follow. Their names must be free, and no two the same.
     */
    public static void addAll(Handle handle, List<NewArtifact> artifacts, long firstPosition) {
        var last = new LinkedHashMap<IndexUnit, Long>();
        var position = firstPosition;
        for (var artifact : artifacts) {
            last.put(new IndexUnit(artifact.place(), artifact.label()), position++);
        }
        var subdirIds = new HashMap<Place, Long>();
        last.forEach((unit, at) -> subdirIds.put(unit.place(), touch(handle, unit.place(), unit.label(), at)));
        BulkArtifactTable.insert(handle, artifacts, subdirIds, firstPosition);
    }

    /** Shows an artifact under one more label, as of this journal position. */
    public static void addLabel(Handle handle, Artifact artifact, Label label, long position) {
        LabelTable.insert(handle, artifact.position(), label);
        ArtifactTable.change(handle, artifact.position(), position);
        touch(handle, artifact.place(), label, position);
    }

    /** Shows an artifact under one label less, as of this journal position; the label's index names it as removed. */
    public static void removeLabel(Handle handle, Artifact artifact, Label label, long position) {
        LabelTable.remove(handle, artifact.position(), label);
        ArtifactTable.change(handle, artifact.position(), position);
        touch(handle, artifact.place(), label, position);
    }

    /** Whether the artifact has this label. */
    public static boolean hasLabel(Handle handle, Artifact artifact, Label label) {
        return LabelTable.has(handle, artifact.position(), label);
    }

    /** Takes the artifact out of every index, as of this journal position. */
    public static void yank(Handle handle, Artifact artifact, Yank yank, long position) {
        ArtifactTable.setYank(handle, artifact.position(), yank);
        touchAll(handle, artifact, position);
    }

    /** Puts a yanked artifact back, as of this journal position. */
    public static void restore(Handle handle, Artifact artifact, long position) {
        ArtifactTable.setYank(handle, artifact.position(), null);
        touchAll(handle, artifact, position);
    }

    private static long touch(Handle handle, Place place, Label label, long position) {
        var subdirId = SubdirTable.change(handle, place, position);
        IndexUnitTable.change(handle, place, subdirId, label, position);
        return subdirId;
    }

    private static void touchAll(Handle handle, Artifact artifact, long position) {
        ArtifactTable.change(handle, artifact.position(), position);
        var subdirId = SubdirTable.change(handle, artifact.place(), position);
        IndexUnitTable.changeAll(handle, subdirId, artifact.position(), position);
    }

    /** What is published under this name. */
    public static Optional<Artifact> find(Handle handle, Place place, ArchiveName name) {
        return ArtifactTable.find(handle, place, name);
    }

    /** What is published under those of these names that are taken; at most some thousand names of a place. */
    public static Map<ArchiveName, Artifact> findAll(Handle handle, Place place, Collection<ArchiveName> names) {
        var found = new HashMap<ArchiveName, Artifact>();
        for (var type : ArchiveType.values()) {
            var ofType = names.stream().filter(name -> name.type() == type).toList();
            if (!ofType.isEmpty()) {
                found.putAll(ArtifactTable.findAll(handle, place, type, ofType));
            }
        }
        return found;
    }

    /** What is published under this name in any subdir of the channel. */
    public static List<Artifact> named(Handle handle, ChannelName channel, ArchiveName name) {
        return ArtifactTable.named(handle, channel, name);
    }

    /** Whether anything was ever published here; its bytes are kept for good. */
    public static boolean hasArtifacts(Handle handle) {
        return ArtifactTable.isAny(handle);
    }

    /** Whether an artifact has these bytes. */
    public static boolean isNamed(Handle handle, Sha256 sha256) {
        return ArtifactTable.isNamed(handle, sha256);
    }

    /** The names of the packages of which the unit has something that was changed after this journal position. */
    public static SortedSet<String> namesChangedAfter(Handle handle, IndexUnit unit, long position) {
        return ArtifactTable.namesChangedAfter(handle, unit, position);
    }

    /** The labels of an artifact, sorted. */
    public static List<Label> labels(Handle handle, Artifact artifact) {
        return LabelTable.list(handle, artifact.position());
    }

    /** Streams all that the unit has of one package, what it leaves out too, in the order of the file names. */
    public static void forEachOfPackage(
            Handle handle, IndexUnit unit, String packageName, Consumer<ListedArtifact> visitor) {
        ArtifactTable.forEachOfPackage(handle, unit, packageName, visitor);
    }

    /** Since which journal position the subdir's patch instructions hold; 0 when it has none. */
    public static long patchPosition(Handle handle, Place place) {
        return PatchTable.position(handle, place);
    }

    /** The subdir's {@code patch_instructions.json} as it was sent. */
    public static Optional<byte[]> patchInstructions(Handle handle, Place place) {
        return PatchTable.document(handle, place);
    }

    /** Sets a subdir's patch instructions and what they make of records, as of this journal position. */
    public static void patch(
            Handle handle, Place place, byte[] document, Collection<Correction> corrections, long position) {
        var subdirId = SubdirTable.change(handle, place, position);
        IndexUnitTable.change(handle, place, subdirId, Label.MAIN, position);
        IndexUnitTable.changeSubdir(handle, subdirId, position);
        PatchTable.set(handle, subdirId, document, position);
        PatchTable.correct(handle, corrections, position);
    }

    /**
     * Notes what the record of an artifact that was just added would be without patch instructions, or that they leave it
     * out.
     *
     * @param original compact JSON; null when they do not change it
     */
    public static void keepOriginal(
            Handle handle, long artifactPosition, byte @Nullable [] original, boolean patchedOut) {
        PatchTable.keepOriginal(handle, artifactPosition, original, patchedOut);
    }

    /** The names of all files in a subdir, grouped by archive type and sorted. */
    public static List<String> fileNames(Handle handle, Place place) {
        return PatchTable.fileNames(handle, place);
    }

    /** The same of those that were promoted after this journal position. */
    public static List<String> fileNamesAfter(Handle handle, Place place, long position) {
        return PatchTable.fileNamesAfter(handle, place, position);
    }

    /** The names of the files that patch instructions change or leave out. */
    public static List<String> patchedFileNames(Handle handle, Place place) {
        return PatchTable.patched(handle, place);
    }

    /** A file's record, and what it was without patch instructions. */
    public static Optional<StoredRecord> record(Handle handle, Place place, ArchiveName name) {
        return PatchTable.record(handle, place, name);
    }

    /** The labels of which the subdir has an index, sorted. */
    public static List<Label> labels(Handle handle, Place place) {
        return IndexUnitTable.list(handle, place.channel()).stream()
                .filter(unit -> unit.place().equals(place))
                .map(IndexUnit::label)
                .toList();
    }

    /** What a channel says to its users and has not expired at this time, the oldest first. */
    public static List<Notice> notices(Handle handle, ChannelName channel, Instant now) {
        return NoticeTable.list(handle, channel, now);
    }

    /** Has a channel say something; what it said under this id is replaced. */
    public static void setNotice(Handle handle, ChannelName channel, Notice notice) {
        NoticeTable.set(handle, channel, notice);
    }

    /** Has it say that no longer; false when it did not. */
    public static boolean removeNotice(Handle handle, ChannelName channel, String id) {
        return NoticeTable.remove(handle, channel, id);
    }

    /** How much the subdirs of a channel have, those that have anything; reads every row. */
    public static List<SubdirStatistics> subdirStatistics(Handle handle, ChannelName channel) {
        return StatisticsTable.subdirs(handle, channel);
    }

    /** How much each label lists in them; reads every row. */
    public static List<LabelStatistics> labelStatistics(Handle handle, ChannelName channel) {
        return StatisticsTable.labels(handle, channel);
    }

    /** The rows of up to so many artifacts after this position, in the order of their positions. */
    public static List<ArtifactRow> recordsAfter(Handle handle, long position, int limit) {
        return CheckTable.recordsAfter(handle, position, limit);
    }

    /** What artifacts name of the digests from one to another, sorted; the same bytes once for each that names them. */
    public static List<NamedBytes> namedBytes(Handle handle, Sha256 from, Sha256 upTo) {
        return CheckTable.namedBytes(handle, from, upTo);
    }

    /** How many artifacts there are. */
    public static long artifacts(Handle handle) {
        return CheckTable.artifacts(handle);
    }

    /** How many bytes all artifacts have together, those that several have counted for each. */
    public static long bytes(Handle handle) {
        return CheckTable.bytes(handle);
    }

    /** The units whose position is before that of a change which they must show. */
    public static List<String> unitsBehindTheirArtifacts(Handle handle) {
        return CheckTable.behindTheirArtifacts(handle);
    }

    /** Streams all that the unit has, what it leaves out too, in the order of the package names, then of the file names. */
    public static void forEach(Handle handle, IndexUnit unit, Consumer<ListedArtifact> visitor) {
        ArtifactTable.forEach(handle, unit, visitor);
    }

    /** The last change of anything that the label shows in the channel; 0 when it has no such label. */
    public static long changedPosition(Handle handle, ChannelName channel, Label label) {
        return SummaryTable.changedPosition(handle, channel, label);
    }

    /** The names of all packages of a channel, under whatever label, sorted. */
    public static List<String> packageNames(Handle handle, ChannelName channel) {
        return SummaryTable.packageNames(handle, channel);
    }

    /** The same of those of which anything was changed after this journal position. */
    public static List<String> packageNamesChangedAfter(Handle handle, ChannelName channel, long position) {
        return SummaryTable.packageNamesChangedAfter(handle, channel, position);
    }

    /** What the label lists of a package in all subdirs, sorted by subdir and file name. */
    public static List<SummarizedArtifact> listedOfPackage(
            Handle handle, ChannelName channel, Label label, String packageName) {
        return SummaryTable.ofPackage(handle, channel, label, packageName);
    }

    /** What was published last of all that the label lists, the newest first. */
    public static List<SummarizedArtifact> newest(Handle handle, ChannelName channel, Label label, int most) {
        return SummaryTable.newest(handle, channel, label, most);
    }
}
