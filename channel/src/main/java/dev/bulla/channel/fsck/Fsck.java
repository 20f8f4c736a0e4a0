package dev.bulla.channel.fsck;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.fsck.FsckListener.Step;
import dev.bulla.channel.fsck.RecordCheck.Signers;
import dev.bulla.channel.index.IndexCheck;
import dev.bulla.channel.metadata.StoredTrust;
import dev.bulla.channel.store.DataFolder;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.FolderLock;
import dev.bulla.channel.store.Folders;
import dev.bulla.channel.store.LocalDisk;
import dev.bulla.channel.store.StoreException;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.ContentTrustException;
import dev.bulla.trust.contenttrust.TrustedRoles;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A data folder that is looked at, while nobody may serve it. Not safe to share. */
public final class Fsck implements AutoCloseable {
    private final DataFolder data;
    private final FolderLock lock;
    private final Database database;
    private final Clock clock;

    private Fsck(DataFolder data, FolderLock lock, Database database, Clock clock) {
        this.data = data;
        this.lock = lock;
        this.database = database;
        this.clock = clock;
    }

    /**
     * Opens a folder for this process alone.
     *
     * @throws ProblemException {@link Code#FILE_NOT_FOUND} when it is no data folder, {@link Code#DATA_IN_USE} when it is
     *     served, {@link Code#DATABASE_DAMAGED} when its database cannot be opened, {@link Code#DISK_ERROR} when its tables
     *     are of another version
     */
    public static Fsck open(Path folder, Clock clock) throws IOException {
        var data = new DataFolder(folder.toAbsolutePath().normalize());
        if (!Files.exists(data.database())) {
            throw new ProblemException(Code.FILE_NOT_FOUND, folder + " is not a data folder: no server has run in it");
        }
        var lock = FolderLock.take(data);
        try {
            return new Fsck(data, lock, database(data), clock);
        } catch (RuntimeException | Error failure) {
            lock.close();
            throw failure;
        }
    }

    private static Database database(DataFolder data) {
        try {
            return Database.openUnchanged(data.database(), new LocalDisk());
        } catch (StoreException failure) {
            var trouble = Database.trouble(failure);
            throw trouble.isPresent()
                    ? new ProblemException(
                            Code.DATABASE_DAMAGED, data.database() + " cannot be used: " + trouble.get(), failure)
                    : new ProblemException(
                            Code.DISK_ERROR,
                            data.database() + ": " + failure.getMessage()
                                    + "; a start of the server brings them up to date",
                            failure);
        }
    }

    /**
     * Looks at everything.
     *
     * @param whole whether every stored byte is read, not only each file's size, and every index of the database
     * @throws IOException when something can neither be read nor judged
     */
    public Report check(boolean whole, FsckListener listener) throws IOException {
        var findings = new Findings(listener);
        try (var crew = new Crew()) {
            findings.begins(Step.DATABASE, -1);
            new StoreCheck(database, whole, findings).run();
            findings.begins(Step.RECORDS, database.read(Catalog::artifacts));
            new RecordCheck(database, trusted(findings), findings).run(crew);
            findings.begins(Step.BYTES, database.read(Catalog::bytes));
            new BytesCheck(data, database, whole, findings).run(crew);
            indexes(findings);
        } catch (RuntimeException failure) {
            var trouble = Database.trouble(failure);
            if (trouble.isEmpty()) {
                throw failure;
            }
            findings.found(Finding.damage(
                    Code.DATABASE_DAMAGED, database.name() + " cannot be read to its end: " + trouble.get()));
        }
        return findings.report();
    }

    /** Whom each channel trusts, once its trust files and keys were looked at. */
    private Map<Signers, TrustedRoles> trusted(Findings findings) throws IOException {
        var trusted = new HashMap<Signers, TrustedRoles>();
        for (var channel : database.read(Catalog::channels)) {
            var stored = database.read(handle -> StoredTrust.read(handle, data, channel));
            for (var dialect : Dialect.values()) {
                try {
                    var roles = stored.verify(dialect);
                    trusted.put(new Signers(channel, dialect), roles);
                    stored.requireKeys(roles, dialect);
                } catch (ContentTrustException | IllegalStateException wrong) {
                    damaged(findings, channel, "its trust files do not verify: " + wrong.getMessage());
                } catch (IOException wrong) {
                    damaged(findings, channel, String.valueOf(wrong.getMessage()));
                }
            }
        }
        return trusted;
    }

    private static void damaged(Findings findings, ChannelName channel, String what) {
        findings.found(Finding.damage(Code.RECORD_DAMAGED, "channel " + channel + ": " + what));
    }

    private void indexes(Findings findings) throws IOException {
        var units = database.read(handle -> Catalog.channels(handle).stream()
                .flatMap(channel -> Catalog.indexUnits(handle, channel).stream())
                .toList());
        findings.begins(Step.INDEXES, units.size());
        var check = new IndexCheck(data, database, new LocalDisk(), clock, data.scratch());
        for (IndexUnit unit : units) {
            var report = check.check(unit);
            report.damages().forEach(what -> findings.found(Finding.derived(what)));
            report.notes().forEach(what -> findings.found(Finding.note(Code.INDEX_BEHIND, what)));
            findings.wrong(report.wrong());
            findings.indexFiles(report.files());
        }
    }

    /** Removes what a report has found to be wrong of the derived files; the next start makes it anew. */
    public void repair(Report report) throws IOException {
        for (var path : report.wrong()) {
            Folders.deleteTree(path);
        }
    }

    /** What {@link #repair} removes, below the data folder. */
    public List<String> removed(Report report) {
        return report.wrong().stream()
                .map(path -> data.folder().relativize(path).toString())
                .toList();
    }

    @Override
    public void close() throws IOException {
        Folders.deleteTree(data.scratch());
        database.close();
        lock.close();
    }
}
