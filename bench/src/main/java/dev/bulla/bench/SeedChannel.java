package dev.bulla.bench;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.bulla.channel.Channels;
import dev.bulla.channel.ChannelsConfig;
import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.NewArtifact;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.catalog.Sayings;
import dev.bulla.channel.catalog.SignedRecord;
import dev.bulla.channel.ledger.Action;
import dev.bulla.channel.ledger.Entry;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.metadata.ChannelMetadata;
import dev.bulla.channel.store.DataFolder;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.FolderLock;
import dev.bulla.channel.store.Ids;
import dev.bulla.channel.store.LocalDisk;
import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.archive.ArchiveLimits;
import dev.bulla.conda.archive.PackageArchive;
import dev.bulla.conda.archive.PackageContents;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.repodata.PackageRecord;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;

/**
 * {@code SeedChannel DATA SUBDIR RECORDS NAMES}: puts so many packages into the channel main of a data folder that
 * nobody serves, as if each had been published: bytes, signed record, journal entry. Only the wait for the disk after
 * each is left out. No index is made; the next start makes them.
 */
final class SeedChannel {
    private static final int ROWS_AT_ONCE = 2000;
    private static final ThreadLocal<ZstdCompressCtx> COMPRESSION =
            ThreadLocal.withInitial(() -> new ZstdCompressCtx().setLevel(3));

    private final Place place;
    private final DataFolder data;
    private final Database database;
    private final ChannelMetadata metadata;
    private final SeedPackages packages;
    private final List<NewArtifact> waiting = new ArrayList<>(ROWS_AT_ONCE);

    private SeedChannel(Place place, DataFolder data, Database database, SeedPackages packages) throws IOException {
        this.place = place;
        this.data = data;
        this.database = database;
        this.metadata =
                ChannelMetadata.open(data, database, place.channel(), ChannelsConfig.DEFAULT.metadataLifetime());
        this.packages = packages;
    }

    public static void main(String[] args) throws IOException {
        var folder = Path.of(args[0]);
        var records = Integer.parseInt(args[2]);
        var start = System.nanoTime();
        Channels.open(folder, ChannelsConfig.DEFAULT, Clock.systemUTC(), new SecureRandom())
                .close();
        var data = DataFolder.create(folder);
        var place = new Place(ChannelName.MAIN, Subdir.parse(args[1]));
        try (var _ = FolderLock.take(data);
                var database = Database.open(data.database(), new LocalDisk())) {
            new SeedChannel(place, data, database, new SeedPackages(args[1], Integer.parseInt(args[3]))).seed(records);
        }
        System.out.printf("seeded %d records in %.1f s%n", records, seconds(start));
    }

    private static double seconds(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) / 1000.0;
    }

    private void seed(int records) throws IOException {
        for (var first = 0; first < 256; first++) {
            Files.createDirectories(data.blobs().resolve(String.format("%02x", first)));
        }
        try (var batches = new Batches<>(this::publish, this::add)) {
            for (var number = 0; number < records; number++) {
                batches.add(number);
            }
            batches.finish();
        }
        commit();
    }

    private NewArtifact publish(int number) {
        var tiny = packages.number(number);
        var bytes = conda(tiny);
        var sha256 = Sha256.digest(bytes);
        var md5 = Packages.md5(bytes);
        var now = Instant.now();
        var name = ArchiveName.parse(tiny.condaName());
        var contents = read(keep(sha256, bytes), name);
        var record = PackageRecord.of(contents.index(), name, bytes.length, sha256.hex(), md5, now.toEpochMilli());
        return new NewArtifact(
                place,
                Label.MAIN,
                metadata.sign(record),
                Sayings.of(contents),
                sha256,
                md5,
                Ids.next(now, new SplittableRandom(number)),
                now);
    }

    private static PackageContents read(Path file, ArchiveName name) {
        try {
            return PackageArchive.readInfo(file, name, ArchiveLimits.DEFAULT);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same bytes as its own method makes; a context for each of a million files takes longer than all the rest. */
    private static byte[] conda(TinyPackage tiny) {
        var context = COMPRESSION.get();
        return tiny.condaZip(
                        context.compress(tiny.infoTar().bytes()),
                        context.compress(tiny.payloadTar().bytes()))
                .bytes();
    }

    private Path keep(Sha256 sha256, byte[] bytes) {
        var file = data.blobs().resolve(sha256.hex().substring(0, 2)).resolve(sha256.hex());
        try {
            return Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void add(NewArtifact artifact) {
        waiting.add(artifact);
        if (waiting.size() == ROWS_AT_ONCE) {
            commit();
        }
    }

    private void commit() {
        database.change(handle -> waiting.forEach(artifact -> promote(handle, artifact)));
        waiting.clear();
    }

    private void promote(Handle handle, NewArtifact artifact) {
        SignedRecord signed = artifact.signed();
        var entry = Entry.of(
                        artifact.publishedAt(),
                        Action.PROMOTED,
                        place.channel().text(),
                        signed.record().fileName())
                .about(artifact.sha256())
                .saying(place.toString());
        Catalog.add(handle, artifact, Journal.append(handle, entry));
    }
}
