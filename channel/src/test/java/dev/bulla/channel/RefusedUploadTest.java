package dev.bulla.channel;

import static dev.bulla.channel.TestChannels.codes;
import static dev.bulla.channel.TestChannels.upload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.channel.publish.PublishResult.Published;
import dev.bulla.channel.publish.Upload;
import dev.bulla.channel.store.ForwardingDisk;
import dev.bulla.channel.token.ApiToken;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.SettableClock;
import dev.bulla.trust.json.Dialect;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not taken gets its code and leaves nothing behind. */
final class RefusedUploadTest {
    @TempDir
    Path folder;

    @Test
    void another_subdir_than_the_caller_named_is_a_mismatch() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var bytes = Packages.tiny("zlib").conda();
            var upload = new Upload(
                    "zlib-1.0-0.conda", null, Subdir.parse("win-64"), null, new ByteArrayInputStream(bytes), -1);

            assertEquals(List.of(Code.METADATA_MISMATCH), codes(test.publish(upload)));
            assertNothingBehind(test);
        }
    }

    @Test
    void a_subdir_that_the_channels_own_files_need_is_refused() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var trap = Packages.tiny("trap").subdir("content-trust");

            assertEquals(List.of(Code.METADATA_INVALID), codes(test.publish(upload(trap.condaName(), trap.conda()))));
            assertNothingBehind(test);
        }
    }

    @Test
    void every_bad_upload_gets_its_code_and_leaves_nothing_behind() throws IOException {
        var bytes = Packages.tiny("zlib").conda();
        var name = "zlib-1.0-0.conda";
        var ok = Packages.sha256(bytes);
        try (var test = TestChannels.open(folder, limited(bytes.length + 10))) {
            refused(test, Code.NAME_INVALID, upload("../zlib-1.0-0.conda", bytes));
            refused(test, Code.NAME_INVALID, upload("zlib.conda", bytes));
            refused(
                    test,
                    Code.METADATA_MISMATCH,
                    upload("zlib-1.1-0.tar.bz2", Packages.tiny("zlib").tarBz2()));
            refused(test, Code.HASH_MISMATCH, announced(name, "00".repeat(32), bytes, -1));
            refused(test, Code.HASH_MISMATCH, announced(name, "no hash", bytes, -1));
            refused(test, Code.UPLOAD_TRUNCATED, announced(name, ok, bytes, bytes.length + 1));
            refused(test, Code.UPLOAD_TRUNCATED, announced(name, ok, bytes, bytes.length - 1));
            refused(test, Code.UPLOAD_TOO_LARGE, upload(name, new byte[bytes.length + 11]));
            refused(test, Code.UPLOAD_TOO_LARGE, announced(name, null, new byte[bytes.length + 11], -1));
            refused(test, Code.ARCHIVE_NOT_A_PACKAGE, upload(name, new byte[0]));
            assertInstanceOf(
                    Published.class, test.publish(announced(name, ok.toUpperCase(Locale.ROOT), bytes, bytes.length)));
        }
    }

    private void refused(TestChannels test, Code code, Upload upload) throws IOException {
        assertEquals(List.of(code), codes(test.publish(upload)), upload.fileName());
        assertNothingBehind(test);
    }

    @Test
    void a_body_that_breaks_off_is_truncated() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var body = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new EOFException("the connection is gone");
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    return read();
                }
            };
            assertEquals(
                    List.of(Code.UPLOAD_TRUNCATED),
                    codes(test.publish(new Upload("zlib-1.0-0.conda", null, null, null, body, -1))));
            assertNothingBehind(test);
        }
    }

    @Test
    void the_disk_reserve_stops_uploads_and_not_reading() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
        }
        var everything = new ChannelsConfig(10_000_000, Long.MAX_VALUE, Period.ofYears(3), Duration.ofDays(30));
        try (var test = TestChannels.open(folder, everything)) {
            var upload = upload("other-1.0-0.conda", Packages.tiny("other").conda());

            var refusal = assertThrows(ProblemException.class, () -> test.publish(upload));

            assertEquals(Code.STORAGE_FULL, refusal.problem().code());
            var health = test.channels.health();
            assertFalse(health.takesUploads());
            assertTrue(
                    health.warnings().stream()
                            .anyMatch(warning -> warning.text().contains(Long.MAX_VALUE + " must stay free")),
                    health.toString());
            assertEquals(Set.of("zlib-1.0-0.conda"), see(test, Dialect.CONDA, "noarch"));
        }
    }

    @Test
    void a_disk_that_fails_once_leaves_nothing_behind_and_the_next_upload_works() throws IOException {
        var disk = new ForwardingDisk() {
            boolean broken;

            @Override
            public void sync(Path file) throws IOException {
                if (broken) {
                    throw new IOException("the disk does not answer");
                }
                super.sync(file);
            }
        };
        try (var test = TestChannels.open(folder, TestChannels.CONFIG, SettableClock.atStart(), disk)) {
            disk.broken = true;
            assertThrows(IOException.class, () -> test.publish(Packages.tiny("zlib")));
            disk.broken = false;
            assertNothingBehind(test);

            assertFalse(test.publish(Packages.tiny("zlib")).alreadyThere());
            assertEquals(Set.of("zlib-1.0-0.conda"), see(test, Dialect.CONDA, "noarch"));
        }
    }

    @Test
    void a_shard_that_cannot_be_made_fails_the_publish_and_is_made_later() throws IOException {
        var disk = new BrokenMoves(".msgpack.zst");
        try (var test = TestChannels.open(folder, TestChannels.CONFIG, SettableClock.atStart(), disk)) {
            disk.broken = true;
            assertThrows(IOException.class, () -> test.publish(Packages.tiny("zlib")));
            assertThrows(IOException.class, test.channels::settle);
            disk.broken = false;
            test.channels.settle();

            assertEquals(Set.of("zlib-1.0-0.conda"), see(test, Dialect.CONDA, "noarch"));
            assertTrue(test.publish(Packages.tiny("zlib")).alreadyThere());
        }
    }

    @Test
    void a_whole_list_that_cannot_be_made_is_no_matter_for_the_publish_and_is_made_later() throws IOException {
        var disk = new BrokenMoves("");
        try (var test = TestChannels.open(folder, TestChannels.CONFIG, SettableClock.atStart(), disk)) {
            var published = test.publish(Packages.tiny("zlib"));
            disk.broken = true;
            assertThrows(IOException.class, test.channels::settle);
            disk.broken = false;

            assertFalse(published.alreadyThere());
            assertEquals(Set.of("zlib-1.0-0.conda"), see(test, Dialect.CONDA, "noarch"));
        }
    }

    /** While it is broken, nothing can be moved to a name with this end. */
    private static final class BrokenMoves extends ForwardingDisk {
        private final String end;
        volatile boolean broken;

        BrokenMoves(String end) {
            this.end = end;
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            if (broken && to.toString().endsWith(end)) {
                throw new IOException("no space left");
            }
            super.move(from, to);
        }
    }

    @Test
    void only_the_admin_publishes() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var guest = new ApiToken("guest", "guest", false, null, SettableClock.START);
            var upload = upload("zlib-1.0-0.conda", Packages.tiny("zlib").conda());

            var refusal = assertThrows(ProblemException.class, () -> test.main().publish(upload, guest));

            assertEquals(Code.SCOPE_DENIED, refusal.problem().code());
            assertNothingBehind(test);
        }
    }

    @Test
    void a_package_whose_record_cannot_be_signed_is_refused() throws IOException {
        try (var test = TestChannels.open(folder)) {
            for (var unsignable : List.of("1e400", "[" + "1,".repeat(70_000) + "1]")) {
                var trap = Packages.tiny("trap").field("x", unsignable);

                assertEquals(
                        List.of(Code.METADATA_INVALID), codes(test.publish(upload(trap.condaName(), trap.conda()))));
                assertNothingBehind(test);
            }
        }
    }

    @Test
    void all_problems_of_a_package_are_told_at_once() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var bad = Packages.tiny("zlib").field("subdir", "\"nowhere\"").field("build_number", "-1");

            var codes = codes(test.publish(upload(bad.condaName(), bad.conda())));

            assertEquals(List.of(Code.METADATA_INVALID, Code.METADATA_INVALID), codes);
            assertNothingBehind(test);
        }
    }

    private static ChannelsConfig limited(long bytes) {
        return new ChannelsConfig(bytes, 0, Period.ofYears(3), Duration.ofDays(30));
    }

    private static Upload announced(String name, @Nullable String sha256, byte[] bytes, long length) {
        return new Upload(name, sha256, null, null, new ByteArrayInputStream(bytes), length);
    }

    private static ClientView view(TestChannels test, Dialect dialect) {
        return new ClientView(test.main(), dialect, test.clock.instant());
    }

    private static Set<String> see(TestChannels test, Dialect dialect, String subdir) throws IOException {
        return view(test, dialect).packages(Subdir.parse(subdir));
    }

    private void assertNothingBehind(TestChannels test) throws IOException {
        assertEquals(List.of(), blobs());
        assertEquals(List.of(), files(folder.resolve("incoming")));
        assertEquals(Set.of(), see(test, Dialect.CONDA, "noarch"));
    }

    private List<Path> blobs() throws IOException {
        return files(folder.resolve("blobs"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return new ArrayList<>(all.filter(Files::isRegularFile).sorted().toList());
        }
    }
}
