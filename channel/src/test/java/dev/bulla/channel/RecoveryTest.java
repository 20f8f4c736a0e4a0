package dev.bulla.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.channel.store.Folders;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.Packages;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is derived may be lost or damaged while the server is off. */
final class RecoveryTest {
    @TempDir
    Path folder;

    @BeforeEach
    void publishTwo() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            test.publish(Packages.tiny("bzip2"));
        }
        TestChannels.open(folder).close(); // sweeps the generations that readers might still have opened
    }

    /** Damage done to the files of a data folder. */
    private interface Damage {
        void to(Path file) throws IOException;
    }

    @Test
    void an_index_that_is_whole_is_taken_over_as_it_is() throws IOException {
        var before = indexFiles();
        assertAllThere();
        assertEquals(before, indexFiles());
    }

    @Test
    void lost_index_files_are_made_again() throws IOException {
        Folders.deleteTree(folder.resolve("index"));
        assertAllThere();
    }

    @Test
    void a_folder_with_keys_but_no_database_is_not_begun_anew() throws IOException {
        var token = Files.readString(folder.resolve("admin-token"));
        Files.delete(folder.resolve("bulla.db"));
        for (var look = 0; look < 2; look++) {
            var refused = assertThrows(ProblemException.class, () -> TestChannels.open(folder));
            assertEquals(Code.DISK_ERROR, refused.problem().code());
            assertTrue(refused.problem().detail().startsWith(folder.resolve("bulla.db") + " is missing or empty"));
        }
        assertEquals(token, Files.readString(folder.resolve("admin-token")));
    }

    @Test
    void a_folder_whose_bytes_are_lost_is_not_served() throws IOException {
        Folders.deleteTree(folder.resolve("blobs"));
        for (var look = 0; look < 2; look++) {
            var refused = assertThrows(ProblemException.class, () -> TestChannels.open(folder));
            assertEquals(Code.DISK_ERROR, refused.problem().code());
            assertTrue(refused.problem().detail().startsWith(folder.resolve("blobs") + " is missing or empty"));
        }
    }

    @Test
    void an_empty_channel_needs_no_bytes(@TempDir Path other) throws IOException {
        TestChannels.open(other).close();
        Folders.deleteTree(other.resolve("blobs"));
        try (var test = TestChannels.open(other)) {
            test.publish(Packages.tiny("zlib"));
        }
    }

    @Test
    void secrets_that_others_may_read_are_warned_about() throws IOException {
        assertEquals(List.of(), exposed());
        Files.setPosixFilePermissions(folder.resolve("admin-token"), PosixFilePermissions.fromString("rw-r-----"));
        Files.setPosixFilePermissions(folder.resolve("keys"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder.resolve("keys/tokens.hmac"), PosixFilePermissions.fromString("rw----r--"));
        assertEquals(
                List.of("others than its owner may read or write admin-token, keys, keys/tokens.hmac:"
                        + " take that away with chmod go-rwx"),
                exposed());
    }

    private List<String> exposed() throws IOException {
        try (var test = TestChannels.open(folder)) {
            return test.channels.health().warnings().stream()
                    .map(Warning::text)
                    .filter(text -> text.startsWith("others than"))
                    .toList();
        }
    }

    @Test
    void a_damaged_database_is_named() throws IOException {
        Files.writeString(folder.resolve("bulla.db"), "no database".repeat(1000));
        var refused = assertThrows(ProblemException.class, () -> TestChannels.open(folder));
        assertEquals(Code.DISK_ERROR, refused.problem().code());
        assertTrue(refused.problem().detail().startsWith(folder.resolve("bulla.db") + " cannot be used: "));
    }

    @Test
    void a_damaged_key_is_named() throws IOException {
        Path key;
        try (var files = Files.list(folder.resolve("keys"))) {
            key = files.filter(file -> file.toString().endsWith(".key"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(key, "no key");
        var refused = assertThrows(IOException.class, () -> TestChannels.open(folder));
        assertTrue(String.valueOf(refused.getMessage()).startsWith(key + " is damaged"), refused.toString());
    }

    @Test
    void every_single_index_file_may_be_deleted_cut_or_changed() throws IOException {
        List<Damage> damages = List.of(Files::delete, RecoveryTest::cut, RecoveryTest::flip);
        for (var file : noarchFiles()) {
            for (var damage : damages) {
                damage.to(file);
                assertAllThere();
                assertTrue(Files.exists(file), file::toString);
            }
        }
    }

    @Test
    void what_is_made_again_is_the_same_byte_for_byte() throws IOException {
        var file = noarchFiles().getFirst();
        var before = Files.readAllBytes(file);
        Folders.deleteTree(folder.resolve("index"));
        assertAllThere();
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void a_generation_of_the_past_under_the_name_of_the_newest_is_not_taken_over() throws IOException {
        var manifest =
                noarchFiles().stream().filter(file -> file.endsWith("manifest")).findFirst();
        var past = Folders.parent(manifest.orElseThrow());
        var kept = folder.resolve("kept");
        Files.move(past, kept);
        long newest;
        try (var test = TestChannels.open(folder)) {
            newest = test.publish(Packages.tiny("third")).generation();
        }
        var place = past.resolveSibling(Long.toString(newest));
        Folders.deleteTree(place);
        Files.move(kept, place);

        try (var test = TestChannels.open(folder)) {
            var view = new ClientView(test.main(), Dialect.CONDA, test.clock.instant());
            assertEquals(3, view.packages(Subdir.NOARCH).size());
        }
    }

    @Test
    void strange_files_among_the_index_are_swept_away() throws IOException {
        var strange = folder.resolve("index/main/noarch/conda/building");
        Files.createDirectories(strange);
        Files.writeString(strange.resolve("repodata.json"), "half");
        assertAllThere();
        assertFalse(Files.exists(strange));
        var old = Files.createDirectories(folder.resolve("index/main/noarch/4711/conda"));
        assertAllThere();
        assertFalse(Files.exists(old));
    }

    @Test
    void a_folder_that_is_served_cannot_be_opened_again() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var refusal = assertThrows(ProblemException.class, () -> TestChannels.open(folder));
            assertEquals(Code.DATA_IN_USE, refusal.problem().code());
            assertTrue(test.main().subdirs().contains(Subdir.NOARCH));
        }
        assertAllThere();
    }

    private void assertAllThere() throws IOException {
        try (var test = TestChannels.open(folder)) {
            for (var dialect : Dialect.values()) {
                var view = new ClientView(test.main(), dialect, test.clock.instant());
                assertEquals(Set.of("bzip2-1.0-0.conda", "zlib-1.0-0.conda"), view.packages(Subdir.NOARCH));
                for (var subdir : Subdir.KNOWN) {
                    assertTrue(view.repodata(subdir).member("info").isPresent());
                }
            }
        }
    }

    private List<Path> noarchFiles() throws IOException {
        return files(folder.resolve("index/main/noarch"));
    }

    private List<String> indexFiles() throws IOException {
        return files(folder.resolve("index")).stream()
                .map(file -> {
                    try {
                        return file + " " + Files.getLastModifiedTime(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void cut(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    }

    private static void flip(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}
