package dev.bulla.channel;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.catalog.Visibility;
import dev.bulla.channel.imports.Importer;
import dev.bulla.channel.index.Pace;
import dev.bulla.channel.ledger.Action;
import dev.bulla.channel.ledger.Entry;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.metadata.ChannelMetadata;
import dev.bulla.channel.metadata.FirstMetadata;
import dev.bulla.channel.publish.PublishPipeline;
import dev.bulla.channel.store.DataFolder;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.DiskBlobs;
import dev.bulla.channel.store.FolderLock;
import dev.bulla.channel.store.JobHandler;
import dev.bulla.channel.store.JobQueue;
import dev.bulla.channel.store.JobWorkers;
import dev.bulla.channel.store.LocalDisk;
import dev.bulla.channel.store.Sha256;
import dev.bulla.channel.token.ApiToken;
import dev.bulla.channel.token.Tokens;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything in one data folder. Safe to share. */
public final class Channels implements AutoCloseable {
    private static final int WORKERS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

    private final ConcurrentSkipListMap<String, Channel> channels = new ConcurrentSkipListMap<>();
    private final FolderLock lock;
    private final Foundation foundation;
    private final ChannelsConfig config;
    private final Tokens tokens;
    private final JobQueue jobs;
    private volatile @Nullable JobWorkers workers;

    private Channels(FolderLock lock, Foundation foundation, ChannelsConfig config, Tokens tokens) {
        this.lock = lock;
        this.foundation = foundation;
        this.config = config;
        this.tokens = tokens;
        Map<String, JobHandler> handlers = Map.of(
                ChannelMetadata.RENEWAL,
                this::renew,
                PublishPipeline.COLLECTION,
                subject -> foundation.pipeline().collect(new Sha256(subject)),
                Importer.PAYLOADS,
                _ -> foundation.importer().checkPayloads());
        this.jobs = new JobQueue(foundation.database(), foundation.clock(), handlers);
    }

    /**
     * Opens the folder for this process alone, ends what a crash cut short, and on the first start makes the channel
     * {@code main} with its keys and trust metadata, and the admin's token. Ready to serve when it returns.
     *
     * @throws ProblemException {@link Code#DATA_IN_USE} when another process has it, {@link Code#DISK_ERROR} when its
     *     database is damaged or lost
     */
    public static Channels open(Path folder, ChannelsConfig config, Clock clock, SecureRandom random)
            throws IOException {
        return open(folder, config, new Foundation.Outside(new LocalDisk(), clock, random, Pace.DEFAULT));
    }

    static Channels open(Path folder, ChannelsConfig config, Foundation.Outside outside) throws IOException {
        var data = DataFolder.create(folder);
        var lock = FolderLock.take(data);
        try {
            data.requireNoKeysWithoutDatabase();
            return orTrouble(data, () -> open(data, lock, config, outside));
        } catch (IOException | RuntimeException | Error failure) {
            lock.close();
            throw failure;
        }
    }

    private static Channels open(DataFolder data, FolderLock lock, ChannelsConfig config, Foundation.Outside outside)
            throws IOException {
        var database = Database.open(data.database(), outside.disk());
        try {
            var blobs = DiskBlobs.open(data, outside.disk(), outside.random());
            var foundation = Foundation.lay(data, config, outside, database, blobs);
            try {
                var tokens = Tokens.open(data, database, outside.disk(), outside.clock(), outside.random());
                var opened = new Channels(lock, foundation, config, tokens);
                opened.start();
                return opened;
            } catch (IOException | RuntimeException | Error failure) {
                foundation.indexes().close();
                throw failure;
            }
        } catch (IOException | RuntimeException | Error failure) {
            database.close();
            throw failure;
        }
    }

    /** Something that is done with the database; when the disk is why it fails, that is said with the file's name. */
    @FunctionalInterface
    private interface Step<T> {
        T run() throws IOException;
    }

    private static <T> T orTrouble(DataFolder data, Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (RuntimeException failure) {
            var trouble = Database.trouble(failure);
            if (trouble.isEmpty()) {
                throw failure;
            }
            throw new ProblemException(Code.DISK_ERROR, data.database() + " cannot be used: " + trouble.get(), failure);
        }
    }

    private void start() throws IOException {
        foundation.data().requireBlobs(foundation.database().read(Catalog::hasArtifacts));
        recover();
        tokens.firstStart();
        if (channel(ChannelName.MAIN).isEmpty()) {
            make(ChannelName.MAIN, Visibility.PUBLIC, null);
        }
        workers = JobWorkers.start(jobs, WORKERS);
    }

    private void recover() throws IOException {
        var names = foundation.database().read(Catalog::channels);
        FirstMetadata.recover(foundation.data(), foundation.disk(), names::contains);
        foundation.pipeline().recover();
        foundation.importer().recover();
        jobs.endAllLeases();
        for (var name : names) {
            add(name);
        }
        jobs.runDue();
    }

    /** Makes what the database knows of a channel ready to be served. */
    private Channel add(ChannelName name) throws IOException {
        var metadata = ChannelMetadata.open(foundation.data(), foundation.database(), name, config.metadataLifetime());
        var visibility = foundation.database().read(handle -> Catalog.visibility(handle, name));
        var channel = new Channel(name, visibility, metadata, foundation);
        foundation.indexes().open(name);
        channels.put(name.text(), channel);
        return channel;
    }

    /**
     * Makes a channel with its own root, whose seed is left in {@code root-key-take-offline-NAME} and forgotten.
     *
     * @throws ProblemException {@link Code#CHANNEL_EXISTS}, {@link Code#SCOPE_DENIED}
     */
    public Channel create(ChannelName name, Visibility visibility, ApiToken token) throws IOException {
        token.requireAdmin();
        return make(name, visibility, token.id());
    }

    private synchronized Channel make(ChannelName name, Visibility visibility, @Nullable String tokenId)
            throws IOException {
        if (channel(name).isPresent()) {
            throw new ProblemException(Code.CHANNEL_EXISTS, "there is a channel " + name + " already");
        }
        var now = foundation.clock().instant();
        var root = new Validity(
                now, now.atOffset(ZoneOffset.UTC).plus(config.rootLifetime()).toInstant());
        var keeping = new FirstMetadata.Keeping(foundation.data(), foundation.disk(), foundation.random());
        var first = FirstMetadata.prepare(keeping, name, root, config.metadataLifetime());
        foundation.database().change(handle -> {
            Catalog.addChannel(handle, name, visibility, now);
            var created =
                    new Entry(now, Action.CHANNEL_CREATED, name.text(), name.text(), null, tokenId, visibility.text());
            var position = Journal.append(handle, created);
            Subdir.KNOWN.forEach(subdir -> Catalog.addSubdir(handle, new Place(name, subdir), position));
            first.insert(handle);
        });
        first.finish(foundation.data(), foundation.disk());
        LOG.info(
                "channel created channel={} root_key_file={}",
                name,
                foundation.data().rootKey(name.text()).getFileName());
        return add(name);
    }

    private void renew(String channel) {
        var found = channels.get(channel);
        if (found == null) {
            throw new IllegalStateException("there is no channel " + channel + " to renew");
        }
        found.metadata().renew(foundation.database(), foundation.clock().instant());
    }

    /** Does whatever jobs are due now, on this thread. */
    void runDueJobs() {
        jobs.runDue();
    }

    /**
     * Ends the admin's token and makes another, in a folder that may be served at this moment. Returns the secret, which
     * is also in the file {@code admin-token}.
     *
     * @throws ProblemException {@link Code#FILE_NOT_FOUND} when this is no data folder
     */
    public static String resetAdmin(Path folder, Clock clock, SecureRandom random) throws IOException {
        var data = new DataFolder(folder);
        if (!Files.exists(data.database())) {
            throw new ProblemException(Code.FILE_NOT_FOUND, folder + " is not a data folder: no server has run in it");
        }
        var disk = new LocalDisk();
        return orTrouble(data, () -> {
            try (var database = Database.openServed(data.database(), disk)) {
                return Tokens.open(data, database, disk, clock, random).resetAdmin();
            }
        });
    }

    /** The channels, sorted by name. */
    public List<Channel> list() {
        return List.copyOf(channels.values());
    }

    /** The channel of this name. */
    public Optional<Channel> channel(ChannelName name) {
        return Optional.ofNullable(channels.get(name.text()));
    }

    /** The credentials. */
    public Tokens tokens() {
        return tokens;
    }

    /**
     * Returns once every index file shows what was published before the call. Shards show it anyway, and so do
     * the files that list a small subdir whole; those of a large one otherwise follow when nothing has been published for
     * a moment.
     *
     * @throws IOException when one of them cannot be made; it is tried again later
     */
    public void settle() throws IOException {
        foundation.indexes().settle();
    }

    /** How it is. */
    public Health health() {
        var warnings = new ArrayList<Warning>();
        list().forEach(channel -> warnings.addAll(channel.warnings()));
        addLostWorkers(warnings);
        addExposure(warnings);
        return new Health(takesUploads(warnings), warnings);
    }

    private void addExposure(List<Warning> warnings) {
        try {
            Exposure.of(foundation.data()).ifPresent(warnings::add);
        } catch (IOException failure) {
            LOG.error("the modes of the data folder's secrets cannot be read", failure);
            warnings.add(new Warning("data folder", "who may read its secrets cannot be told: check the disk"));
        }
    }

    private void addLostWorkers(List<Warning> warnings) {
        var running = workers;
        var lost = running == null ? 0 : running.lost();
        if (lost > 0) {
            warnings.add(new Warning(
                    "background work",
                    lost + " of its " + WORKERS + " threads have ended, so that metadata may not be renewed:"
                            + " look for the cause in the log, and start the server anew"));
        }
    }

    private boolean takesUploads(List<Warning> warnings) {
        if (!foundation.database().takesChanges()) {
            warnings.add(
                    new Warning(
                            "database",
                            "it takes no changes since its disk failed: repair the disk or make room on it, and start the server anew"));
            return false;
        }
        try {
            var space = foundation.pipeline().space();
            if (!space.takesUploads()) {
                warnings.add(new Warning(
                        "data folder",
                        "uploads are not taken: %d bytes are free on its disk, %d must stay free; free some, or lower disk-reserve"
                                .formatted(space.freeBytes(), space.reserveBytes())));
            }
            return space.takesUploads();
        } catch (IOException failure) {
            LOG.error("the free space of the data folder cannot be read", failure);
            warnings.add(new Warning("data folder", "its free space cannot be read: check the disk"));
            return false;
        }
    }

    /** Ends it; uploads should have ended before. A job that runs is finished, what waits is done at the next start. */
    @Override
    public void close() throws IOException {
        var running = workers;
        if (running != null) {
            running.close();
        }
        foundation.indexes().close();
        foundation.database().close();
        lock.close();
    }
}
