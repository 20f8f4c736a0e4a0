package dev.bulla.channel.index;

import dev.bulla.channel.store.Disk;
import dev.bulla.channel.store.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The shard files of one unit, each named by the digest of its bytes. A file's modification time is when it was written
 * or, once no index names it any more, when that came about.
 *
 * @param folder where they are
 * @param disk the effects on files; none is forced to disk, a start checks all digests
 * @param clock the time
 */
record ShardFolder(Path folder, Disk disk, Clock clock) {
    /** An index may be a day old at its reader; CEP 16 asks for a week. */
    static final Duration KEPT = Duration.ofDays(7);

    private static final String EXTENSION = ".msgpack.zst";
    static final Pattern NAME = Pattern.compile("([0-9a-f]{64})" + Pattern.quote(EXTENSION));

    /** Writes a shard under its digest; the same bytes may be there. */
    Sha256 write(byte[] shard) throws IOException {
        var sha256 = Sha256.digest(shard);
        var file = file(sha256);
        var temporary = file.resolveSibling(sha256 + ".new");
        disk.delete(temporary);
        try (var out = disk.create(temporary)) {
            out.write(shard);
        }
        touch(temporary);
        disk.move(temporary, file);
        return sha256;
    }

    /** Notes that no index names this shard from now on. */
    void supersede(Sha256 sha256) throws IOException {
        try {
            touch(file(sha256));
        } catch (NoSuchFileException _) {
            // Someone has cleared the folder; then nobody can ask for it either.
        }
    }

    private void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    }

    /** Whether the file is there with exactly the bytes of its name. */
    boolean isWhole(Sha256 sha256) throws IOException {
        try {
            return Sha256.digest(Files.readAllBytes(file(sha256))).equals(sha256);
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    /** The file of this name, if it is a shard's and there. */
    Optional<ShardFile> find(String fileName) throws IOException {
        var matcher = NAME.matcher(fileName);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var sha256 = new Sha256(matcher.group(1));
        try {
            var file = file(sha256);
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            var since = attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS);
            return Optional.of(new ShardFile(file, sha256, attributes.size(), since));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** Removes what no index has named for {@link #KEPT}, and what is no shard. */
    void sweep(Set<Sha256> named) throws IOException {
        var over = clock.instant().minus(KEPT);
        for (var file : files()) {
            var matcher = NAME.matcher(file.getFileName().toString());
            if (!matcher.matches()
                    || (!named.contains(new Sha256(matcher.group(1)))
                            && modified(file).isBefore(over))) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Set<Path> files() throws IOException {
        var found = new HashSet<Path>();
        try (var all = Files.newDirectoryStream(Files.createDirectories(folder))) {
            all.forEach(found::add);
        }
        return found;
    }

    private static Instant modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }

    /** Where the shard of this digest is, or would be. */
    Path file(Sha256 sha256) {
        return folder.resolve(sha256 + EXTENSION);
    }
}
