package dev.bulla.channel;

import dev.bulla.channel.publish.PublishResult;
import dev.bulla.channel.publish.Upload;
import dev.bulla.channel.store.Sha256;
import dev.bulla.channel.token.ApiToken;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One channel. Safe to share. */
@SuppressWarnings("DoNotCallSuggester")
public final class Channel {
    private final ChannelName name;

    Channel(ChannelName name) {
        this.name = name;
    }

    /** Its name. */
    public ChannelName name() {
        return name;
    }

    /** The subdirs it answers for, sorted. */
    public List<Subdir> subdirs() {
        throw new UnsupportedOperationException();
    }

    /**
     * Publishes a file; returns when it is public or refused.
     *
     * @throws IOException when the body cannot be read or the disk fails
     * @throws dev.bulla.problem.ProblemException when the server cannot take uploads now
     */
    public PublishResult publish(Upload upload, ApiToken token) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** A file of the subdir's index ({@code repodata.json} …), with the signatures that this view's clients check. */
    public Optional<ServedFile> indexFile(Dialect view, Subdir subdir, String fileName) {
        throw new UnsupportedOperationException();
    }

    /** A published artifact. */
    public Optional<StoredArtifact> artifact(Subdir subdir, ArchiveName artifact) {
        throw new UnsupportedOperationException();
    }

    /** A trust file of this view: {@code N.root.json}, {@code key_mgr.json}, for libmamba {@code pkg_mgr.json}. */
    public Optional<ServedFile> trustFile(Dialect view, String fileName) {
        throw new UnsupportedOperationException();
    }

    /** The digest of {@code 1.root.json}, which people pin. */
    public Sha256 firstRootSha256() {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes in the next root file, signed away from the server.
     *
     * @return its version
     * @throws dev.bulla.problem.ProblemException {@code ROOT_NOT_CHAINED} when it does not follow from the newest one,
     *     or would no longer trust the keys that this server signs with
     */
    public long importRoot(byte[] root, ApiToken token) {
        throw new UnsupportedOperationException();
    }

    /** What an operator should do about this channel. */
    public List<Warning> warnings() {
        throw new UnsupportedOperationException();
    }
}
