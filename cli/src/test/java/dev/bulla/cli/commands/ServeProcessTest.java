package dev.bulla.cli.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.client.fetch.Patience;
import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as an operator sees it: a process, its folder, its signals. */
final class ServeProcessTest {
    @TempDir
    private Path temp;

    private Path data() {
        return temp.resolve("data");
    }

    @Test
    void the_first_start_makes_a_channel_and_secrets_that_only_its_owner_can_read()
            throws IOException, InterruptedException {
        try (var server = BullaProcess.serve(data())) {
            assertEquals(200, server.get("/healthz").statusCode());
            assertEquals(200, server.get("/main/noarch/repodata.json").statusCode());
            assertEquals(200, server.get("/main/content-trust/1.root.json").statusCode());
            for (String secret : new String[] {"admin-token", "root-key-take-offline", "bulla.db", "bulla.db-wal"}) {
                assertEquals("rw-------", permissions(data().resolve(secret)), secret);
            }
            assertTrue(server.log().contains("bulla "), server.log());
            assertTrue(server.log().contains(server.rootSha256()), "the digest to pin is told");
            assertTrue(server.log().contains("root-key-take-offline"), "the root's key is warned about");
            assertFalse(server.log().contains(server.adminToken()), "the token is not told");
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void a_second_server_on_the_same_folder_is_refused() throws IOException, InterruptedException {
        try (var server = BullaProcess.serve(data())) {
            var second = BullaProcess.serveInVain(data());
            String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(1, second.waitFor(), said);
            assertTrue(said.contains("\"data_in_use\""), said);
            assertEquals(200, server.get("/healthz").statusCode());
        }
    }

    @Test
    void a_port_that_is_taken_is_told() throws IOException, InterruptedException {
        try (var server = BullaProcess.serve(data())) {
            String port = server.url().substring(server.url().lastIndexOf(':') + 1);
            var second = BullaProcess.serveInVain(temp.resolve("other"), "--port", port);
            String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(2, second.waitFor(), said);
        }
    }

    @Test
    void sigterm_ends_it_with_0_and_the_next_start_serves_the_same() throws IOException, InterruptedException {
        byte[] before;
        try (var server = BullaProcess.serve(data())) {
            Path file = Files.write(
                    temp.resolve("zlib-1.0-0.conda"), Packages.tiny("zlib").conda());
            var ended = server.command(temp).run("publish", file.toString());
            assertEquals(0, ended.status(), ended.err());
            before = indexThatLists(server, "zlib-1.0-0.conda");
            assertEquals(0, server.terminate(), server.log());
            assertTrue(server.log().contains("stopped"), server.log());
            assertThrows(ConnectException.class, () -> server.get("/healthz"));
        }
        try (var again = BullaProcess.serve(data())) {
            assertArrayEquals(before, again.get("/main/noarch/repodata.json").body());
        }
    }

    /** The index may come some seconds after the upload's answer. */
    private static byte[] indexThatLists(BullaProcess server, String fileName) {
        var index = Patience.standard()
                .until(
                        () -> server.body("/main/noarch/repodata.json"),
                        body -> new String(body, StandardCharsets.UTF_8).contains('"' + fileName + '"'),
                        () -> {});
        assertTrue(new String(index, StandardCharsets.UTF_8).contains('"' + fileName + '"'), fileName);
        return index;
    }

    @Test
    void sigterm_in_the_middle_of_the_start_ends_it_with_0_too() throws IOException, InterruptedException {
        var process = BullaProcess.serveInVain(data());
        while (process.isAlive() && !Files.exists(data().resolve("lock"))) {
            Thread.onSpinWait();
        }
        process.toHandle().destroy();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        try (var server = BullaProcess.serve(data())) {
            assertEquals(200, server.get("/healthz").statusCode());
        }
    }

    @Test
    void kill_9_leaves_no_lock_behind() throws IOException, InterruptedException {
        String token;
        try (var server = BullaProcess.serve(data())) {
            token = server.adminToken();
            server.kill();
        }
        try (var again = BullaProcess.serve(data())) {
            assertEquals(token, again.adminToken());
            assertEquals(200, again.get("/healthz").statusCode());
        }
    }

    @Test
    void a_mistake_in_the_configuration_stops_the_start() throws IOException, InterruptedException {
        var process = BullaProcess.serveInVain(data(), "--upload-limit", "lots");
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(2, process.waitFor(), said);
        assertTrue(said.contains("--upload-limit: upload-limit is lots; expected a size"), said);
        assertFalse(Files.exists(data()), "nothing was begun");
    }
}
