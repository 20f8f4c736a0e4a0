package dev.bulla.channel.fsck;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.NamedBytes;
import dev.bulla.channel.store.DataFolder;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Sha256;
import dev.bulla.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds stored files against the artifacts that name them, both ways, one folder of {@code blobs} after the other.
 *
 * @param data where they are
 * @param database what names them
 * @param whole whether every byte is read, not only each file's size
 * @param findings gets what is seen
 */
record BytesCheck(DataFolder data, Database database, boolean whole, Findings findings) {
    private static final int FOLDERS = 256;
    private static final int REST = 62;

    void run(Crew crew) throws IOException {
        for (var number = 0; number < FOLDERS; number++) {
            var prefix = "%02x".formatted(number);
            folder(prefix, crew);
        }
        for (var other : names(data.blobs())) {
            if (!other.matches("[0-9a-f]{2}")) {
                unnamed("blobs/" + other);
            }
        }
        crew.finish();
    }

    private void folder(String prefix, Crew crew) throws IOException {
        var named = new TreeMap<String, NamedBytes>();
        var from = new Sha256(prefix + "0".repeat(REST));
        var upTo = new Sha256(prefix + "f".repeat(REST));
        for (var bytes : database.read(handle -> Catalog.namedBytes(handle, from, upTo))) {
            named.putIfAbsent(bytes.sha256().hex(), bytes);
        }
        var folder = data.blobs().resolve(prefix);
        for (var name : names(folder)) {
            var bytes = named.remove(name);
            if (bytes == null) {
                unnamed("blobs/" + prefix + "/" + name);
            } else {
                crew.submit(() -> read(folder.resolve(name), bytes));
            }
        }
        named.values().forEach(this::missing);
    }

    private static Set<String> names(Path folder) throws IOException {
        var names = new HashSet<String>();
        try (var files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (NoSuchFileException _) {
            return names; // nothing has such a digest
        }
        return names;
    }

    private void unnamed(String path) {
        findings.found(Finding.note(Code.BYTES_UNNAMED, path + " is named by no artifact"));
    }

    private void missing(NamedBytes bytes) {
        findings.found(Finding.damage(
                Code.BYTES_MISSING, bytes.example() + ": its bytes, blobs/" + place(bytes) + ", are missing"));
    }

    private static String place(NamedBytes bytes) {
        var hex = bytes.sha256().hex();
        return hex.substring(0, 2) + "/" + hex;
    }

    private void read(Path file, NamedBytes bytes) throws IOException {
        try {
            var size = Files.size(file);
            if (size != bytes.sizeBytes()) {
                damaged(bytes, "are " + size + ", not " + bytes.sizeBytes());
            } else if (whole) {
                var sha256 = Sha256.digest(file);
                if (!sha256.equals(bytes.sha256())) {
                    damaged(bytes, "have SHA-256 " + sha256);
                }
            }
            findings.storedFile(size);
        } catch (NoSuchFileException _) {
            missing(bytes);
        } catch (IOException unreadable) {
            damaged(bytes, "cannot be read: " + unreadable.getMessage());
        }
    }

    private void damaged(NamedBytes bytes, String how) {
        findings.found(Finding.damage(
                Code.BYTES_DAMAGED, bytes.example() + ": its bytes, blobs/" + place(bytes) + ", " + how));
    }
}
