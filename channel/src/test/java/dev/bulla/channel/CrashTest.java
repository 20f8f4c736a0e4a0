package dev.bulla.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.channel.catalog.Visibility;
import dev.bulla.channel.metadata.KeyFile;
import dev.bulla.channel.store.ChildJvm;
import dev.bulla.channel.store.CrashingDisk;
import dev.bulla.channel.store.Folders;
import dev.bulla.channel.store.StoreException;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.SettableClock;
import dev.bulla.testkit.TinyPackage;
import dev.bulla.trust.contenttrust.Role;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process dies, or the power fails, before each durable effect in turn; then everything is opened again. */
final class CrashTest {
    private static final TinyPackage ZLIB = Packages.tiny("zlib");
    private static final int MORE_THAN_ENOUGH = 500;

    @TempDir
    Path temporary;

    /** What is done until it crashes. */
    private interface Deed {
        void run(TestChannels test) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_publish_cut_short_anywhere_is_whole_or_absent(boolean power) throws Exception {
        var started = temporary.resolve("started");
        TestChannels.open(started).close();
        var crashes = 0;
        for (var effect = 1; effect < MORE_THAN_ENOUGH; effect++) {
            var folder = copy(started, temporary.resolve("at-" + effect));
            var disk = new CrashingDisk(effect);
            var acknowledged = new AtomicBoolean();
            crash(folder, disk, power, test -> {
                assertNotNull(test.publish(ZLIB));
                acknowledged.set(true);
                test.channels.settle();
            });
            try (var test = TestChannels.open(folder)) {
                var seen = seen(test);
                assertTrue(
                        seen.contains(ZLIB.condaName()) || !acknowledged.get(), "acknowledged and lost at " + effect);
                assertTrue(seen.size() <= 1);
                assertEquals(
                        seen.isEmpty() ? 0 : 1, files(folder.resolve("blobs")).size(), "at effect " + effect);
                assertEquals(List.of(), files(folder.resolve("incoming")), "at effect " + effect);
                var again = test.publish(ZLIB);
                assertEquals(!seen.isEmpty(), again.alreadyThere(), "at effect " + effect);
                assertEquals(Set.of(ZLIB.condaName()), seen(test));
            }
            Folders.deleteTree(folder);
            if (!disk.hasCrashed()) {
                assertTrue(crashes >= 10, "only " + crashes + " effects were looked at");
                return;
            }
            crashes++;
        }
        throw new AssertionError("it never came to an end");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_refusal_cut_short_anywhere_leaves_nothing_behind(boolean power) throws Exception {
        var started = temporary.resolve("started");
        TestChannels.open(started).close();
        for (var effect = 1; effect < MORE_THAN_ENOUGH; effect++) {
            var folder = copy(started, temporary.resolve("at-" + effect));
            var disk = new CrashingDisk(effect);
            crash(folder, disk, power, test -> {
                var upload = TestChannels.upload("other-1.0-0.tar.bz2", ZLIB.tarBz2());
                assertEquals(List.of(Code.METADATA_MISMATCH), TestChannels.codes(test.publish(upload)));
            });
            try (var test = TestChannels.open(folder)) {
                test.channels.runDueJobs();
                assertEquals(List.of(), files(folder.resolve("blobs")), "at effect " + effect);
                assertEquals(List.of(), files(folder.resolve("incoming")), "at effect " + effect);
                assertEquals(Set.of(), seen(test));
            }
            Folders.deleteTree(folder);
            if (!disk.hasCrashed()) {
                return;
            }
        }
        throw new AssertionError("it never came to an end");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_first_start_cut_short_anywhere_is_done_or_done_again(boolean power) throws Exception {
        var alike = 0; // once the root key is in its place, only indexes follow, one made like the other
        for (var effect = 1; alike < 3; effect++) {
            var folder = temporary.resolve("at-" + effect);
            var rootKey = folder.resolve("root-key-take-offline");
            crash(folder, new CrashingDisk(effect), power, test -> {});
            alike += Files.exists(rootKey) ? 1 : 0;
            try (var test = TestChannels.open(folder)) {
                assertEquals(Set.of(), seen(test));
                assertTrue(test.admin().admin());
                assertRootKeyBelongsTo(test.main(), rootKey);
                assertNoHalfFiles(folder);
            }
            Folders.deleteTree(folder);
            assertTrue(effect > 20 || alike < 3, "only " + effect + " effects were looked at");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_reset_of_the_admin_cut_short_anywhere_leaves_one_good_token(boolean power) throws Exception {
        var started = temporary.resolve("started");
        TestChannels.open(started).close();
        for (var effect = 1; effect < MORE_THAN_ENOUGH; effect++) {
            var folder = copy(started, temporary.resolve("at-" + effect));
            var disk = new CrashingDisk(effect);
            crash(
                    folder,
                    disk,
                    power,
                    test -> assertNotNull(test.channels.tokens().resetAdmin()));
            try (var test = TestChannels.open(folder)) {
                assertTrue(test.admin().admin());
                assertNoHalfFiles(folder);
            }
            Folders.deleteTree(folder);
            if (!disk.hasCrashed()) {
                return;
            }
        }
        throw new AssertionError("it never came to an end");
    }

    @Test
    void a_channel_whose_making_is_cut_short_is_there_whole_or_can_be_made() throws Exception {
        var name = ChannelName.parse("extra");
        var started = temporary.resolve("started");
        TestChannels.open(started).close();
        var alike = 0;
        for (var effect = 1; alike < 3; effect++) {
            var folder = copy(started, temporary.resolve("at-" + effect));
            var rootKey = folder.resolve("root-key-take-offline-extra");
            crash(
                    folder,
                    new CrashingDisk(effect),
                    true,
                    test -> assertNotNull(test.channels.create(name, Visibility.PUBLIC, test.admin())));
            alike += Files.exists(rootKey) ? 1 : 0;
            try (var test = TestChannels.open(folder)) {
                var there = test.channels.channel(name);
                var extra =
                        there.isPresent() ? there.get() : test.channels.create(name, Visibility.PUBLIC, test.admin());
                var view = new ClientView(extra, Dialect.CONDA, SettableClock.START);
                assertEquals(Set.of(), view.packages(Subdir.NOARCH));
                assertRootKeyBelongsTo(extra, rootKey);
                assertNoHalfFiles(folder);
            }
            Folders.deleteTree(folder);
        }
    }

    @Test
    void a_killed_process_has_lost_nothing_that_it_acknowledged() throws Exception {
        var acknowledged = new ArrayList<String>();
        for (var round = 1; round <= 3; round++) {
            var child = ChildJvm.start(PublishForEver.class, temporary.toString(), "r" + round);
            try (var lines = child.inputReader()) {
                for (var line = 0; line < 7 * round; line++) {
                    acknowledged.add(lines.readLine());
                }
            } finally {
                child.destroyForcibly().waitFor();
            }
            try (var test = TestChannels.open(temporary)) {
                var seen = seen(test);
                assertTrue(
                        seen.containsAll(acknowledged), () -> acknowledged + " were acknowledged, there are " + seen);
                assertEquals(seen.size(), files(temporary.resolve("blobs")).size());
            }
        }
    }

    /** Publishes one package after the other and says each one's name once it is acknowledged. */
    static final class PublishForEver {
        public static void main(String[] args) throws IOException {
            var folder = Path.of(args[0]);
            try (var test = TestChannels.open(folder)) {
                for (var i = 0; i >= 0; i++) {
                    var tiny = Packages.tiny(args[1]).version("1." + i);
                    System.out.println(test.publish(tiny).name());
                }
            }
        }
    }

    /** Runs the deed on the crashing disk. */
    private static void crash(Path folder, CrashingDisk disk, boolean power, Deed deed) throws IOException {
        try (var test = TestChannels.open(folder, TestChannels.CONFIG, SettableClock.atStart(), disk)) {
            deed.run(test);
        } catch (CrashingDisk.Crash | StoreException | IOException crash) {
            assertTrue(disk.hasCrashed(), () -> "failed without a crash: " + crash);
        } finally {
            if (power && disk.hasCrashed()) {
                disk.cutPower();
            }
        }
    }

    private static Set<String> seen(TestChannels test) throws IOException {
        var conda = new ClientView(test.main(), Dialect.CONDA, SettableClock.START).packages(Subdir.NOARCH);
        var libmamba = new ClientView(test.main(), Dialect.LIBMAMBA, SettableClock.START).packages(Subdir.NOARCH);
        assertEquals(conda, libmamba);
        return conda;
    }

    private static void assertRootKeyBelongsTo(Channel channel, Path file) throws IOException {
        var view = new ClientView(channel, Dialect.CONDA, SettableClock.START);
        var rootKeys = view.trust().root().delegation(Role.ROOT).pubkeys();
        var key = KeyFile.parse(Files.readString(file)).key();
        assertEquals(rootKeys, List.of(key.publicKey()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    private static void assertNoHalfFiles(Path folder) throws IOException {
        var halves = files(folder).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".new") || name.endsWith(".pending"))
                .collect(Collectors.toSet());
        assertEquals(Set.of(), halves);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        assertFalse(Files.exists(to));
        try (var all = Files.walk(from)) {
            for (var file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }
}
