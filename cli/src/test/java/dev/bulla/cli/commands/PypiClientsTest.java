package dev.bulla.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients from PyPI, unmodified, against a server in a process of its own. */
final class PypiClientsTest {
    @TempDir
    private static Path data;

    private static BullaProcess server;
    private static Python python;

    @TempDir
    private Path home;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        python = Python.find();
        server = BullaProcess.serve(data);
    }

    @BeforeEach
    void requireClients() {
        python.require();
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private Path write(TinyPackage tiny) throws IOException {
        return Files.write(home.resolve(tiny.condaName()), tiny.conda());
    }

    private Python.Ended upload(String token, Path... files) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(server.url(), "main", token));
        for (Path file : files) {
            words.add(file.toString());
        }
        return python.script("upload.py", home, Map.of(), words.toArray(String[]::new));
    }

    private Python.Ended install(String channel, String spec) throws IOException, InterruptedException {
        return python.script("install.py", home, Map.of(), channel, home.toString(), spec);
    }

    @Test
    void rattler_build_uploads_and_rattler_installs_with_dependencies() throws IOException, InterruptedException {
        Path library = write(Packages.tiny("library").subdir("linux-64").file("lib/library.txt", "l"));
        Path tool = write(Packages.tiny("tool").depends("library >=1").file("bin/tool.txt", "t"));
        var uploaded = upload(server.adminToken(), library, tool);
        assertEquals(0, uploaded.status(), uploaded.out());
        var installed = install(server.url() + "/main", "tool");
        assertEquals(0, installed.status(), installed.out());
        assertEquals(
                List.of("library-1.0-0.conda", "tool-1.0-0.conda"),
                installed.out().lines().toList());
        assertTrue(Files.exists(home.resolve("prefix/lib/library.txt")));
        assertTrue(Files.exists(home.resolve("prefix/bin/tool.txt")));
    }

    @Test
    void rattler_installs_from_the_address_for_libmamba_and_through_a_token_path()
            throws IOException, InterruptedException {
        Path file = write(Packages.tiny("anywhere").file("share/anywhere.txt", "a"));
        assertEquals(0, upload(server.adminToken(), file).status());
        for (String channel : List.of("/main/libmamba", "/t/" + server.adminToken() + "/main")) {
            var installed = install(server.url() + channel, "anywhere");
            assertEquals(0, installed.status(), installed.out());
        }
    }

    @Test
    void the_same_file_may_be_uploaded_twice_and_another_of_its_name_may_not()
            throws IOException, InterruptedException {
        Path file = write(Packages.tiny("twice"));
        assertEquals(0, upload(server.adminToken(), file).status());
        assertEquals(0, upload(server.adminToken(), file).status());
        Path other = write(Packages.tiny("twice").file("x", "other bytes"));
        var refused = upload(server.adminToken(), other);
        assertEquals(3, refused.status(), refused.out());
        assertTrue(refused.out().contains("409"), refused.out());
        assertTrue(refused.out().contains("name_conflict"), refused.out());
    }

    @Test
    void the_uploader_shows_why_a_token_is_not_good() throws IOException, InterruptedException {
        var refused = upload("bulla-nonsense", write(Packages.tiny("denied")));
        assertEquals(3, refused.status());
        assertTrue(refused.out().contains("token_malformed"), refused.out());
        assertEquals(404, server.get("/main/noarch/denied-1.0-0.conda").statusCode());
    }

    @Test
    void the_uploader_shows_why_a_package_is_refused() throws IOException, InterruptedException {
        Path broken = Files.writeString(home.resolve("broken-1.0-0.conda"), "not a package");
        var refused = upload(server.adminToken(), broken);
        assertEquals(3, refused.status());
        assertTrue(refused.out().contains("422"), refused.out());
        assertTrue(refused.out().contains("archive_"), refused.out());
    }

    @Test
    void an_unknown_package_is_not_found_and_nothing_is_installed() throws IOException, InterruptedException {
        var ended = install(server.url() + "/main", "no-such-package");
        assertEquals(3, ended.status());
        assertTrue(ended.out().contains("no-such-package"), ended.out());
        assertFalse(Files.exists(home.resolve("prefix/conda-meta")));
    }

    @Test
    void metadata_is_read_out_of_a_package_with_ranges() throws IOException, InterruptedException {
        Path file = write(Packages.tiny("ranges").file("share/big.txt", "x".repeat(200_000)));
        assertEquals(0, upload(server.adminToken(), file).status());
        var ended = python.script("look_inside.py", home, Map.of(), server.url() + "/main/noarch/ranges-1.0-0.conda");
        assertEquals(0, ended.status(), ended.out());
        assertTrue(ended.out().contains("info/index.json"), ended.out());
    }
}
