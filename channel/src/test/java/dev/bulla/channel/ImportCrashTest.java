package dev.bulla.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.channel.store.CrashingDisk;
import dev.bulla.channel.store.Folders;
import dev.bulla.channel.store.StoreException;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.SettableClock;
import dev.bulla.testkit.TinyPackage;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process dies, or the power fails, before each durable effect of an import in turn. */
final class ImportCrashTest {
    private static final TinyPackage[] PACKAGES = {Packages.tiny("zlib"), Packages.tiny("bzip2")};
    private static final Set<String> NAMES = Set.of("zlib-1.0-0.conda", "bzip2-1.0-0.conda");

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_import_cut_short_anywhere_is_whole_or_absent(boolean power) throws Exception {
        var started = temporary.resolve("started");
        TestChannels.open(started).close();
        for (var effect = 1; effect < 100; effect++) {
            var folder = copy(started, temporary.resolve("at-" + effect));
            var disk = new CrashingDisk(effect);
            var acknowledged = crash(folder, disk, power);
            try (var test = TestChannels.open(folder)) {
                var seen = seen(test);
                assertTrue(seen.isEmpty() ? !acknowledged : seen.equals(NAMES), effect + ": " + seen);
                assertEquals(seen.size(), files(folder.resolve("blobs")), "at effect " + effect);
                assertEquals(0, files(folder.resolve("incoming")), "at effect " + effect);
                var again = ImportTest.importing(test, Label.MAIN, ImportTest.files(PACKAGES));
                assertEquals(seen.size(), again.alreadyThere());
                assertEquals(NAMES, seen(test));
                ImportTest.checkPayloads(test);
                assertEquals(0, test.main().payloads().unchecked(), "no check was forgotten");
            }
            Folders.deleteTree(folder);
            if (!disk.hasCrashed()) {
                assertTrue(effect > 8, "only " + effect + " effects were looked at");
                return;
            }
        }
        throw new AssertionError("it never came to an end");
    }

    private static boolean crash(Path folder, CrashingDisk disk, boolean power) throws IOException {
        var acknowledged = false;
        try (var test = TestChannels.open(folder, TestChannels.CONFIG, SettableClock.atStart(), disk)) {
            ImportTest.importing(test, Label.MAIN, ImportTest.files(PACKAGES));
            acknowledged = true;
        } catch (CrashingDisk.Crash | StoreException | IOException crash) {
            assertTrue(disk.hasCrashed(), () -> "failed without a crash: " + crash);
        } finally {
            if (power && disk.hasCrashed()) {
                disk.cutPower();
            }
        }
        return acknowledged;
    }

    private static Set<String> seen(TestChannels test) throws IOException {
        test.channels.settle();
        return new ClientView(test.main(), Dialect.CONDA, SettableClock.START).packages(Subdir.NOARCH);
    }

    private static long files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (var file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }
}
