package dev.bulla.channel;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.catalog.Notice;
import dev.bulla.channel.catalog.Payloads;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.catalog.Visibility;
import dev.bulla.channel.imports.Importer;
import dev.bulla.channel.imports.Intake;
import dev.bulla.channel.index.Indexes;
import dev.bulla.channel.ledger.Action;
import dev.bulla.channel.ledger.Entry;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.metadata.ChannelMetadata;
import dev.bulla.channel.metadata.RootImport;
import dev.bulla.channel.patch.PatchResult;
import dev.bulla.channel.patch.Patches;
import dev.bulla.channel.publish.PublishResult;
import dev.bulla.channel.publish.PublishResult.Published;
import dev.bulla.channel.publish.Target;
import dev.bulla.channel.publish.Upload;
import dev.bulla.channel.store.Sha256;
import dev.bulla.channel.summary.Summaries;
import dev.bulla.channel.token.ApiToken;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One channel. Safe to share. */
public final class Channel {
    private static final Logger LOG = LoggerFactory.getLogger(Channel.class);

    private final ChannelName name;
    private final ChannelMetadata metadata;
    private final Foundation foundation;
    private final Yanks yanks;
    private final Labels labels;
    private final Patches patches;
    private final Notices notices;
    private final Summaries summaries;
    private volatile Visibility visibility;
    private final KnownArtifacts known = new KnownArtifacts();

    Channel(ChannelName name, Visibility visibility, ChannelMetadata metadata, Foundation foundation) {
        this.visibility = visibility;
        this.name = name;
        this.metadata = metadata;
        this.foundation = foundation;
        this.yanks = new Yanks(foundation);
        this.labels = new Labels(foundation);
        this.patches = new Patches(foundation.database(), foundation.clock());
        this.notices = new Notices(foundation, name);
        this.summaries = new Summaries(foundation.data(), foundation.database(), name, foundation.clock());
    }

    /** Its name. */
    public ChannelName name() {
        return name;
    }

    /** Who may read it. Whoever answers for it holds readers to that: here they are not asked for a token. */
    public Visibility visibility() {
        return visibility;
    }

    /**
     * Changes who may read it; holds for every request from then on.
     *
     * @throws ProblemException {@link Code#SCOPE_DENIED}
     */
    public synchronized void setVisibility(Visibility wanted, ApiToken token) {
        token.requireAdmin();
        if (wanted == visibility) {
            return;
        }
        var entry = Entry.of(foundation.clock().instant(), Action.VISIBILITY_CHANGED, name.text(), name.text())
                .by(token.id())
                .saying("from " + visibility.text() + " to " + wanted.text());
        foundation.database().change(handle -> {
            Catalog.setVisibility(handle, name, wanted);
            Journal.append(handle, entry);
        });
        visibility = wanted;
        LOG.info("visibility changed channel={} visibility={} token={}", name, wanted.text(), token.id());
    }

    /** The subdirs it answers for, sorted. */
    public List<Subdir> subdirs() {
        return foundation.database().read(handle -> Catalog.subdirs(handle, name));
    }

    /**
     * Publishes a file; returns when it is refused, or public and in the shards. What lists its subdir whole shows it
     * as well, unless the subdir is large: then that follows when nothing is published for a moment.
     *
     * @throws IOException when the body cannot be read or the disk fails
     * @throws ProblemException {@link Code#STORAGE_FULL} while the disk reserve is touched; {@link Code#SCOPE_DENIED} when
     *     the token does not allow it
     */
    public PublishResult publish(Upload upload, ApiToken token) throws IOException {
        token.requireAdmin();
        var result = foundation.pipeline().publish(new Target(name, metadata), upload, token);
        switch (result) {
            case Published published -> {
                foundation.indexes().show(unit(published.subdir(), upload.shownUnder()), published.generation());
                LOG.info(
                        "published channel={} subdir={} file={} sha256={} already_there={} token={}",
                        name,
                        published.subdir(),
                        published.name(),
                        published.sha256(),
                        published.alreadyThere(),
                        token.id());
            }
            case PublishResult.Rejected rejected ->
                LOG.info(
                        "refused channel={} problems={} token={}",
                        name,
                        rejected.problems().stream().map(p -> p.code().text()).toList(),
                        token.id());
        }
        return result;
    }

    /** A file of the subdir's index as the label {@code main} shows it. */
    public Optional<ServedFile> indexFile(Dialect view, Subdir subdir, String fileName) {
        return indexFile(view, subdir, Label.MAIN, fileName);
    }

    /**
     * A file of the subdir's index as the label shows it: {@code repodata.json} …, with the signatures that this view's
     * clients check, or {@code repodata_shards.msgpack.zst}, which has none and which libmamba's view has not.
     */
    public Optional<ServedFile> indexFile(Dialect view, Subdir subdir, Label label, String fileName) {
        var unit = unit(subdir, label);
        if (fileName.equals(Indexes.SHARD_INDEX)) {
            return foundation
                    .indexes()
                    .shards(unit)
                    .filter(shards -> view == Dialect.CONDA)
                    .map(shards -> ServedFiles.shardIndex(unit, shards));
        }
        if (fileName.equals(Patches.FILE)) {
            return patches.document(unit.place())
                    .filter(document -> hasLabel(label))
                    .map(document -> ServedFiles.ofChannel(unit + " " + fileName, document.bytes(), document.since()));
        }
        return foundation
                .indexes()
                .files(unit, view, fileName)
                .flatMap(generation ->
                        generation.file(fileName).map(file -> ServedFiles.of(unit, view, generation, file)));
    }

    /** A shard that the label's shard index names or has named within the last week. */
    public Optional<ServedFile> shard(Subdir subdir, Label label, String fileName) throws IOException {
        return foundation.indexes().shard(unit(subdir, label), fileName).map(ServedFiles::of);
    }

    /** The labels that anything was published under, and {@code main}; sorted. */
    public List<Label> labels() {
        return foundation.database().read(handle -> Catalog.indexUnits(handle, name)).stream()
                .map(IndexUnit::label)
                .distinct()
                .sorted(Comparator.comparing(Label::text))
                .toList();
    }

    /** Whether the channel has anything under this label, or had. */
    public boolean hasLabel(Label label) {
        return foundation.indexes().has(unit(Subdir.NOARCH, label));
    }

    /**
     * Takes an artifact out of all indexes; its bytes are served as before. Returns when the shards leave it out. One
     * that is yanked already stays so, with its first reason.
     *
     * @param reason why, for people; not blank, at most {@value Yanks#LONGEST_REASON} characters
     * @throws ProblemException {@link Code#NOT_HERE}, {@link Code#BAD_REQUEST}, {@link Code#SCOPE_DENIED}
     */
    public YankResult yank(Subdir subdir, ArchiveName artifact, String reason, ApiToken token) throws IOException {
        token.requireAdmin();
        return yanks.yank(new Place(name, subdir), artifact, reason, token);
    }

    /**
     * Puts a yanked artifact back into the indexes; one that is not yanked is there already.
     *
     * @throws ProblemException {@link Code#NOT_HERE}, {@link Code#SCOPE_DENIED}
     */
    public YankResult restore(Subdir subdir, ArchiveName artifact, ApiToken token) throws IOException {
        token.requireAdmin();
        return yanks.restore(new Place(name, subdir), artifact, token);
    }

    /**
     * Shows an artifact that is there under this label too. Returns when the label's shards list it.
     *
     * @throws ProblemException {@link Code#NOT_HERE}, {@link Code#ARTIFACT_YANKED}, {@link Code#SCOPE_DENIED}
     */
    public LabelResult label(Subdir subdir, ArchiveName artifact, Label label, ApiToken token) throws IOException {
        token.requireAdmin();
        return labels.add(new Labels.Wish(new Place(name, subdir), artifact, label, token));
    }

    /**
     * Shows an artifact under this label no longer; its bytes are served as before. Returns when the label's shards leave
     * it out.
     *
     * @throws ProblemException {@link Code#NOT_HERE}, {@link Code#SCOPE_DENIED}
     */
    public LabelResult unlabel(Subdir subdir, ArchiveName artifact, Label label, ApiToken token) throws IOException {
        token.requireAdmin();
        return labels.remove(new Labels.Wish(new Place(name, subdir), artifact, label, token));
    }

    /**
     * Sets the patch instructions of a subdir in place of those that it had, and changes its records accordingly, under
     * every label and those that come later too. Returns when the shards show it.
     *
     * @param instructions {@code patch_instructions.json}, version 1
     * @throws ProblemException {@link Code#REPODATA_INVALID} when they are none, or make a record that clients refuse;
     *     {@link Code#SCOPE_DENIED}
     */
    public PatchResult patch(Subdir subdir, byte[] instructions, ApiToken token) throws IOException {
        token.requireAdmin();
        var place = new Place(name, subdir);
        var result = patches.set(new Patches.Order(place, instructions, token.id()), metadata);
        for (var label : foundation.database().read(handle -> Catalog.labels(handle, place))) {
            foundation.indexes().show(new IndexUnit(place, label), result.generation());
        }
        LOG.info("patched place={} result={} generation={} token={}", place, result, result.generation(), token.id());
        return result;
    }

    /** What {@link #patch} would change now. */
    public PatchResult previewPatch(Subdir subdir, byte[] instructions, ApiToken token) {
        token.requireAdmin();
        return patches.preview(new Patches.Order(new Place(name, subdir), instructions, token.id()), metadata);
    }

    /** What it says to its users now. */
    public List<Notice> notices() {
        return notices.list();
    }

    /**
     * Says something to its users; what it said under the same id is replaced.
     *
     * @throws ProblemException {@link Code#SCOPE_DENIED}
     */
    public void setNotice(Notice notice, ApiToken token) {
        token.requireAdmin();
        notices.set(notice, token);
    }

    /**
     * Says it no longer.
     *
     * @throws ProblemException {@link Code#NOT_HERE}, {@link Code#SCOPE_DENIED}
     */
    public void removeNotice(String id, ApiToken token) {
        token.requireAdmin();
        notices.remove(id, token);
    }

    /**
     * A file that is about the whole channel as a label shows it: {@code notices.json}, {@code channeldata.json} or {@code
     * rss.xml}.
     *
     * @param url where this server serves the label, for the links in a feed
     */
    public Optional<ServedFile> channelFile(Label label, String fileName, String url) throws IOException {
        if (!hasLabel(label)) {
            return Optional.empty();
        }
        return switch (fileName) {
            case Notices.FILE -> Optional.of(notices.file());
            case Summaries.CHANNELDATA -> Optional.of(ServedFiles.of(name, label, summaries.channeldata(label)));
            case Summaries.RSS ->
                Optional.of(ServedFiles.rss(
                        name,
                        label,
                        summaries.rss(label, url),
                        foundation.clock().instant()));
            default -> Optional.empty();
        };
    }

    /** How much it has; reads every row of it, which takes a second for some 200,000. */
    public ChannelStatistics statistics(ApiToken token) {
        token.requireAdmin();
        var waiting = foundation.indexes().waiting().stream()
                .filter(unit -> unit.place().channel().equals(name))
                .toList();
        return foundation
                .database()
                .read(handle -> new ChannelStatistics(
                        Catalog.subdirStatistics(handle, name), Catalog.labelStatistics(handle, name), waiting));
    }

    /**
     * Begins to take in files of another channel, which the label shows; close it when it is over. They are public when
     * its {@link Intake#finish} returns, and their payloads are checked after that.
     *
     * @throws ProblemException {@link Code#SCOPE_DENIED}
     */
    public Intake importing(Label label, ApiToken token) throws IOException {
        token.requireAdmin();
        return foundation.importer().begin(new Target(name, metadata), label, token);
    }

    /** Which of these names are taken, and whether the label shows them; for an import that goes on where one has ended. */
    public List<Importer.Known> known(Label label, List<Importer.Wanted> names) {
        return foundation.importer().known(label, names);
    }

    /** How many artifacts wait for the check of their payload, or have no list of paths, or were yanked for it. */
    public Payloads.Counts payloads() {
        return foundation.database().read(handle -> Payloads.counts(handle, name));
    }

    /** What is known of an artifact beside its bytes. */
    public Optional<ArtifactDetails> details(Subdir subdir, ArchiveName artifact) {
        var place = new Place(name, subdir);
        return foundation
                .database()
                .read(handle -> Catalog.find(handle, place, artifact)
                        .map(found -> new ArtifactDetails(
                                found, artifact, Catalog.labels(handle, found), Payloads.of(handle, found))));
    }

    private IndexUnit unit(Subdir subdir, Label label) {
        return new IndexUnit(new Place(name, subdir), label);
    }

    /** A published artifact. */
    public Optional<StoredArtifact> artifact(Subdir subdir, ArchiveName artifact) {
        return known.find(subdir, artifact, () -> stored(subdir, artifact));
    }

    private Optional<StoredArtifact> stored(Subdir subdir, ArchiveName artifact) {
        return foundation
                .database()
                .read(handle -> Catalog.find(handle, new Place(name, subdir), artifact))
                .map(found -> new StoredArtifact(
                        foundation.blobs().file(found.sha256()),
                        found.sha256(),
                        found.md5(),
                        found.sizeBytes(),
                        found.publishedAt()));
    }

    /** A trust file of this view: {@code N.root.json}, {@code key_mgr.json}, for libmamba {@code pkg_mgr.json}. */
    public Optional<ServedFile> trustFile(Dialect view, String fileName) {
        return metadata.file(view, fileName).map(file -> ServedFiles.of(name, view, file));
    }

    /** The file in the data folder that holds the root key's seed, until the operator takes it away. */
    public String rootKeyFileName() {
        return String.valueOf(foundation.data().rootKey(name.text()).getFileName());
    }

    /** The digest of {@code 1.root.json}, which people pin. */
    public Sha256 firstRootSha256() {
        return Sha256.digest(
                metadata.file(Dialect.CONDA, "1.root.json").orElseThrow().bytes());
    }

    /**
     * Takes in the next root file, signed away from the server.
     *
     * @return its version
     * @throws ProblemException {@link Code#ROOT_NOT_CHAINED} when it does not follow from the newest one, or would no
     *     longer trust the keys that this server signs with; {@link Code#SCOPE_DENIED}
     */
    public int importRoot(byte[] root, ApiToken token) {
        token.requireAdmin();
        var by = new RootImport.By(token.id(), foundation.clock().instant());
        return metadata.importRoot(foundation.database(), root, by);
    }

    /** What an operator should do about this channel. */
    public List<Warning> warnings() {
        var warnings = new ArrayList<Warning>();
        var rootKey = foundation.data().rootKey(name.text());
        if (Files.exists(rootKey)) {
            warnings.add(warning("its root key is still on this machine: move " + rootKey.getFileName()
                    + " out of the data folder to a place that is offline"));
        }
        if (metadata.isRootExpiring(foundation.clock().instant())) {
            var root = metadata.newestRoot();
            warnings.add(warning(root.fileName() + " expires at " + root.expiresAt()
                    + ", then no client trusts the channel: sign the next one with bulla root renew"));
        }
        return warnings;
    }

    void settle() throws IOException {
        foundation.indexes().settle();
    }

    ChannelMetadata metadata() {
        return metadata;
    }

    private Warning warning(String text) {
        return new Warning("channel " + name, text);
    }
}
