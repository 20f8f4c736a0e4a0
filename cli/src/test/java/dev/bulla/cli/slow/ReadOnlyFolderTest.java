package dev.bulla.cli.slow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.cli.commands.BullaProcess;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing can be made, moved or removed in the data folder any more. Modes do not bind the superuser, so under him the
 * server runs without the right to pass over them.
 */
@Tag("slow")
final class ReadOnlyFolderTest {
    private static final List<String> BOUND_BY_MODES = List.of(
            "setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search");

    private final TinyPackage before = Packages.tiny("before");
    private final TinyPackage late = Packages.tiny("late");

    @TempDir
    private Path temp;

    private Path data() {
        return temp.resolve("data");
    }

    private BullaProcess serve() throws IOException {
        return BullaProcess.serveBelow(bound(), data()).orElseThrow();
    }

    /** What goes before the command so that modes bind it: nothing for most users. */
    private List<String> bound() throws IOException {
        Path probe = Files.createTempDirectory(temp, "probe");
        permit(probe, false);
        try {
            Files.createFile(probe.resolve("file"));
            return BOUND_BY_MODES;
        } catch (IOException bound) {
            return List.of(); // as it should be for everybody but the superuser
        } finally {
            permit(probe, true);
        }
    }

    @AfterEach
    void permitAll() throws IOException {
        permitFolders(true);
    }

    private void permitFolders(boolean writing) throws IOException {
        try (var all = Files.walk(data())) {
            for (Path folder : all.filter(Files::isDirectory).toList()) {
                permit(folder, writing);
            }
        }
    }

    private static void permit(Path file, boolean writing) throws IOException {
        var modes = Files.getPosixFilePermissions(file);
        if (writing) {
            modes.add(PosixFilePermission.OWNER_WRITE);
        } else {
            modes.removeAll(List.of(
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_WRITE));
        }
        Files.setPosixFilePermissions(file, modes);
    }

    @Test
    void uploads_are_refused_reads_go_on_and_all_is_well_once_it_can_be_written() throws Exception {
        try (var server = serve()) {
            assertEquals(
                    201,
                    RawUpload.of(server, before.condaName(), before.conda()).status());
            Map<String, String> index = new Served(server).index();
            permitFolders(false);

            var refused = RawUpload.of(server, late.condaName(), late.conda());
            assertTrue(refused.refuses(500, "disk_error"), refused::toString);
            assertTrue(!refused.body().contains(temp.toString()), refused::toString);
            assertEquals(200, server.get("/healthz").statusCode());
            assertEquals(index, new Served(server).index(), "reads go on");
            assertArrayEquals(before.conda(), server.body("/main/noarch/" + before.condaName()));

            permitFolders(true);
            assertEquals(
                    201, RawUpload.of(server, late.condaName(), late.conda()).status());
            assertEquals(0, server.terminate());
        }
        try (var server = serve()) {
            assertEquals(2, new Served(server).whole().size());
            assertEquals(0, server.terminate());
        }
        var fsck = BullaProcess.run(temp, "fsck", "--data", data().toString());
        assertEquals(0, fsck.status(), fsck.out() + fsck.err());
    }

    @Test
    void a_start_in_it_is_refused_with_the_name_of_what_cannot_be_written() throws Exception {
        try (var server = serve()) {
            assertEquals(0, server.terminate());
        }
        permitFolders(false);
        var vain = BullaProcess.serveBelowInVain(bound(), data());
        String said = new String(vain.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(3, vain.waitFor(), said);
        assertTrue(said.contains("\"code\": \"disk_error\"") && said.contains(data().toString()), said);
    }
}
