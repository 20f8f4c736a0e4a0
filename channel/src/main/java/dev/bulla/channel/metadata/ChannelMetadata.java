package dev.bulla.channel.metadata;

import dev.bulla.channel.catalog.SignedRecord;
import dev.bulla.channel.ledger.Action;
import dev.bulla.channel.ledger.Entry;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.store.DataFolder;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Job;
import dev.bulla.channel.store.JobQueue;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.repodata.PackageRecord;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.ContentTrustException;
import dev.bulla.trust.contenttrust.RecordSignatures;
import dev.bulla.trust.contenttrust.Validity;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonException;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trust metadata of one channel and the keys its server signs with. Safe to share. */
public final class ChannelMetadata {
    /** The kind of job that renews a channel's files; its subject is the channel's name. */
    public static final String RENEWAL = "renew-metadata";

    private static final Logger LOG = LoggerFactory.getLogger(ChannelMetadata.class);

    private final ChannelName channel;
    private final Duration lifetime;
    private final OnlineKeys keys;
    private volatile TrustFiles files;

    private ChannelMetadata(ChannelName channel, Duration lifetime, OnlineKeys keys, TrustFiles files) {
        this.channel = channel;
        this.lifetime = lifetime;
        this.keys = keys;
        this.files = files;
    }

    /** Opens what a channel has; {@code lifetime} is that of files to be renewed. */
    public static ChannelMetadata open(DataFolder data, Database database, ChannelName channel, Duration lifetime)
            throws IOException {
        var inUse = database.read(handle -> OnlineKeyTable.list(handle, channel));
        var files = database.read(handle -> TrustFiles.read(handle, channel));
        return new ChannelMetadata(channel, lifetime, OnlineKeys.read(data, inUse), files);
    }

    /** The file that clients of this dialect find under this name. */
    public Optional<TrustFile> file(Dialect dialect, String fileName) {
        return files.find(dialect, fileName);
    }

    /** The newest root. */
    public TrustFile newestRoot() {
        return files.newestRoot();
    }

    /** Whether no more than a third of the newest root's life is left. */
    public boolean isRootExpiring(Instant now) {
        var root = newestRoot();
        return !now.isBefore(root.expiresAt().minus(root.life().dividedBy(3)));
    }

    /**
     * Signs a record that will not change any more, once for each dialect.
     *
     * @throws ProblemException {@code METADATA_INVALID} when it has no canonical bytes, or a verifier would read no such record
     */
    public SignedRecord sign(PackageRecord record) {
        try {
            var json = (JsonObject) Json.parse(record.json(), JsonLimits.RECORD);
            return new SignedRecord(record, signatures(Dialect.CONDA, json), signatures(Dialect.LIBMAMBA, json));
        } catch (JsonException | ContentTrustException e) {
            throw new ProblemException(
                    Code.METADATA_INVALID,
                    "info/index.json makes a record that cannot be signed: " + e.getMessage(),
                    e);
        }
    }

    private String signatures(Dialect dialect, JsonObject record) {
        var key = keys.packages(dialect);
        var entry = RecordSignatures.entry(key.publicKey(), RecordSignatures.sign(dialect, record, key));
        return new String(entry.compact(), StandardCharsets.UTF_8);
    }

    /** Signs again what is past half of its life, and asks for the next time. Safe to do twice. */
    public synchronized void renew(Database database, Instant now) {
        files = database.write(handle -> {
            var before = TrustFiles.read(handle, channel);
            RoleMaker.RENEWABLE.forEach(file -> renew(handle, before, file, now));
            var after = TrustFiles.read(handle, channel);
            JobQueue.enqueue(handle, new Job(RENEWAL, channel.text()), nextRenewal(after));
            return after;
        });
    }

    private void renew(Handle handle, TrustFiles before, RoleMaker.Renewable file, Instant now) {
        var current = before.newest(file.view(), file.role());
        if (!current.isDueForRenewal(now)) {
            return;
        }
        var signed = new RoleMaker(keys).make(file, current.version() + 1, Validity.from(now, lifetime));
        RoleTable.insert(handle, channel, file.view(), signed);
        var subject = file.view().text() + "/" + signed.fileName();
        Journal.append(
                handle,
                Entry.of(now, Action.ROLE_SIGNED, channel.text(), subject)
                        .saying("version " + signed.metadata().version()));
        LOG.info("trust file renewed channel={} file={} version={}", channel, subject, current.version() + 1);
    }

    /** When the first of the files is past half of its life. */
    static Instant nextRenewal(TrustFiles files) {
        return RoleMaker.RENEWABLE.stream()
                .map(file -> files.newest(file.view(), file.role()))
                .map(file -> file.signedAt().plus(file.life().dividedBy(2)))
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /**
     * Takes in the root that follows the newest one.
     *
     * @return its version
     * @throws dev.bulla.problem.ProblemException {@code ROOT_NOT_CHAINED}
     */
    public synchronized int importRoot(Database database, byte[] bytes, RootImport.By by) {
        files = database.write(handle -> {
            var before = TrustFiles.read(handle, channel);
            var root =
                    RootImport.check(before.newestRoot(), bytes, keys.keyMgr().publicKey(), by.at());
            RoleTable.insert(handle, channel, View.BOTH, root);
            Journal.append(
                    handle,
                    Entry.of(by.at(), Action.ROOT_IMPORTED, channel.text(), root.fileName())
                            .by(by.tokenId()));
            return TrustFiles.read(handle, channel);
        });
        var root = newestRoot();
        LOG.info("root taken in channel={} version={} expires={}", channel, root.version(), root.expiresAt());
        return root.version();
    }
}
