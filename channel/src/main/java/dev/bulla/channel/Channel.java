package dev.bulla.channel;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.metadata.ChannelMetadata;
import dev.bulla.channel.metadata.RootImport;
import dev.bulla.channel.publish.PublishResult;
import dev.bulla.channel.publish.PublishResult.Published;
import dev.bulla.channel.publish.Target;
import dev.bulla.channel.publish.Upload;
import dev.bulla.channel.store.Sha256;
import dev.bulla.channel.token.ApiToken;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
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
    private final KnownArtifacts known = new KnownArtifacts();

    Channel(ChannelName name, ChannelMetadata metadata, Foundation foundation) {
        this.name = name;
        this.metadata = metadata;
        this.foundation = foundation;
    }

    /** Its name. */
    public ChannelName name() {
        return name;
    }

    /** The subdirs it answers for, sorted. */
    public List<Subdir> subdirs() {
        return foundation.database().read(handle -> Catalog.subdirs(handle, name));
    }

    /**
     * Publishes a file; returns when it is public or refused.
     *
     * @throws IOException when the body cannot be read or the disk fails
     * @throws ProblemException {@link Code#STORAGE_FULL} while the disk reserve is touched; {@link Code#SCOPE_DENIED} when
     *     the token does not allow it
     */
    public PublishResult publish(Upload upload, ApiToken token) throws IOException {
        requireAdmin(token);
        var result = foundation.pipeline().publish(new Target(name, metadata), upload, token);
        switch (result) {
            case Published published -> {
                foundation.indexes().show(new Place(name, published.subdir()), published.generation());
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

    /** A file of the subdir's index ({@code repodata.json} …), with the signatures that this view's clients check. */
    public Optional<ServedFile> indexFile(Dialect view, Subdir subdir, String fileName) {
        var place = new Place(name, subdir);
        return foundation
                .indexes()
                .current(place)
                .flatMap(generation ->
                        generation.file(view, fileName).map(file -> ServedFiles.of(place, generation, file)));
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
        return ServedFiles.sha256(
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
        requireAdmin(token);
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

    ChannelMetadata metadata() {
        return metadata;
    }

    private Warning warning(String text) {
        return new Warning("channel " + name, text);
    }

    private static void requireAdmin(ApiToken token) {
        if (!token.admin()) {
            throw new ProblemException(Code.SCOPE_DENIED, "the token " + token.id() + " is not the admin's");
        }
    }
}
