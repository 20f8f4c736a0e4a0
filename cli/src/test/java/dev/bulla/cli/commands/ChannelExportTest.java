package dev.bulla.cli.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bulla channel export} from a server in another process, compared with what that server answers. */
final class ChannelExportTest {
    /** Of the export itself, at no address of the server. */
    private static final String CLAIM = ".bulla-export.json";

    @TempDir
    private static Path data;

    private static BullaProcess server;

    @TempDir
    private Path home;

    @BeforeAll
    static void start() throws IOException {
        server = BullaProcess.serve(data);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private CommandRun.Ended run(String... words) throws IOException {
        return server.command(home).run(words);
    }

    private String done(String... words) throws IOException {
        var ended = run(words);
        assertEquals(0, ended.status(), ended.err() + ended.out());
        return ended.out();
    }

    private void publish(String channel, String... names) throws IOException {
        for (var name : names) {
            var noarch = Files.createDirectories(home.resolve(name + "/noarch"));
            Files.write(
                    noarch.resolve(name + "-1.0-0.conda"), Packages.tiny(name).conda());
            done("channel", "import", "--channel", channel, home.resolve(name).toString());
        }
    }

    /** All files of an export by their path. */
    private static Map<String, byte[]> files(Path folder) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (var walk = Files.walk(folder)) {
            for (var file : walk.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static void assertServed(String channel, Path folder) throws IOException {
        var files = files(folder);
        files.remove(CLAIM);
        files.forEach((path, bytes) -> assertArrayEquals(server.body("/" + channel + "/" + path), bytes, path));
    }

    @Test
    void the_folder_has_what_the_server_serves_and_follows_it() throws IOException {
        done("channel", "create", "static");
        publish("static", "one", "two");
        done("notice", "set", "--channel", "static", "--message", "Hello", "hello");
        var folder = home.resolve("static");

        var dry = done("channel", "export", "--channel", "static", "--dry-run", folder.toString());
        assertTrue(dry.contains("would fetch 2, already there 0"), dry);
        assertFalse(Files.exists(folder));

        var first = done("channel", "export", "--channel", "static", folder.toString());
        assertTrue(first.contains("fetched 2, already there 0"), first);
        assertServed("static", folder);
        var names = files(folder).keySet();
        assertTrue(
                names.containsAll(List.of(
                        "noarch/one-1.0-0.conda",
                        "noarch/repodata.json",
                        "noarch/repodata.json.zst",
                        "noarch/run_exports.json",
                        "noarch/run_exports.json.zst",
                        "noarch/repodata_shards.msgpack.zst",
                        "linux-64/repodata.json",
                        "content-trust/1.root.json",
                        "content-trust/key_mgr.json",
                        "libmamba/1.root.json",
                        "libmamba/pkg_mgr.json",
                        "libmamba/noarch/two-1.0-0.conda",
                        "libmamba/noarch/repodata.json",
                        "libmamba/noarch/repodata.json.zst",
                        "channeldata.json",
                        "rss.xml",
                        "notices.json")),
                names.toString());
        assertEquals(2, shards(names).size(), names.toString());
        assertTrue(Files.isSameFile(
                folder.resolve("noarch/one-1.0-0.conda"), folder.resolve("libmamba/noarch/one-1.0-0.conda")));

        var again = done("channel", "export", "--channel", "static", folder.toString());
        assertTrue(again.contains("fetched 0, already there 2; wrote 0 "), again);

        publish("static", "three");
        var json = done("--json", "channel", "export", "--channel", "static", folder.toString());
        assertTrue(json.contains("\"fetched\": 1") && json.contains("\"already_there\": 2"), json);
        assertServed("static", folder);
        assertTrue(Files.readString(folder.resolve("noarch/repodata.json")).contains("three-1.0-0.conda"));
        assertEquals(3, shards(files(folder).keySet()).size());
    }

    private static Set<String> shards(Set<String> names) {
        return names.stream().filter(name -> name.startsWith("noarch/shards/")).collect(Collectors.toSet());
    }

    @Test
    void a_folder_that_a_static_host_serves_is_verified() throws IOException {
        done("channel", "create", "checked");
        publish("checked", "four");
        var folder = home.resolve("checked");
        done("channel", "export", "--channel", "checked", folder.toString());
        var digest = Packages.sha256(Files.readAllBytes(folder.resolve("content-trust/1.root.json")));
        done("verify", "--artifacts", "--root-sha256", digest, folder.toUri().toString());
    }

    @Test
    void what_is_damaged_is_fetched_again_and_what_was_cut_short_goes_on() throws IOException {
        done("channel", "create", "cut");
        publish("cut", "five", "six");
        var folder = home.resolve("cut");
        done("channel", "export", "--channel", "cut", folder.toString());
        Files.delete(folder.resolve("noarch/repodata.json"));
        Files.delete(folder.resolve("libmamba/noarch/five-1.0-0.conda"));
        Files.delete(folder.resolve("noarch/five-1.0-0.conda"));
        Files.createDirectories(folder.resolve(".bulla-export.tmp/noarch"));
        Files.writeString(folder.resolve(".bulla-export.tmp/noarch/five-1.0-0.conda"), "half");

        var out = done("channel", "export", "--channel", "cut", folder.toString());
        assertTrue(out.contains("fetched 1, already there 1; wrote 1 "), out);
        assertServed("cut", folder);
    }

    @Test
    void patched_yanked_and_labelled_packages_are_exported_as_served() throws IOException {
        done("channel", "create", "mixed");
        publish("mixed", "seven", "eight");
        var folder = home.resolve("mixed");
        done("channel", "export", "--channel", "mixed", folder.toString());

        var patch = Files.writeString(home.resolve("patch.json"), """
                {"patch_instructions_version": 1, "packages": {},
                 "packages.conda": {"seven-1.0-0.conda": {"depends": ["patched"]}}, "remove": [], "revoke": []}
                """);
        done("channel", "patch", "--yes", "--channel", "mixed", "--subdir", "noarch", patch.toString());
        done("yank", "--yes", "--channel", "mixed", "--reason", "test", "noarch/eight-1.0-0.conda");
        done("label", "add", "--channel", "mixed", "dev", "noarch/seven-1.0-0.conda");

        var out = done("channel", "export", "--channel", "mixed", folder.toString());
        assertTrue(out.contains("fetched 0, already there 1"), out);
        done("channel", "export", "--channel", "mixed", "--label", "dev", folder.toString());
        assertServed("mixed", folder);
        var names = files(folder).keySet();
        assertTrue(
                names.containsAll(List.of(
                        "noarch/repodata_from_packages.json",
                        "noarch/patch_instructions.json",
                        "label/dev/noarch/repodata.json",
                        "label/dev/noarch/seven-1.0-0.conda",
                        "libmamba/label/dev/noarch/repodata.json")),
                names.toString());

        done("restore", "--channel", "mixed", "noarch/eight-1.0-0.conda");
        done("channel", "export", "--channel", "mixed", folder.toString());
        assertServed("mixed", folder);
    }

    @Test
    void a_folder_with_something_else_is_left_alone() throws IOException {
        done("channel", "create", "mine");
        var folder = Files.createDirectories(home.resolve("mine"));
        Files.writeString(folder.resolve("letter.txt"), "keep me");
        var refused = run("channel", "export", "--channel", "mine", folder.toString());
        assertEquals(2, refused.status(), refused.out());
        assertTrue(refused.err().contains("is not empty, and no export of"), refused.err());
        assertEquals(Set.of("letter.txt"), files(folder).keySet());

        done("channel", "create", "yours");
        var other = home.resolve("other");
        done("channel", "export", "--channel", "mine", other.toString());
        var before = files(other).keySet();
        assertEquals(
                2,
                run("channel", "export", "--channel", "yours", other.toString()).status());
        assertEquals(before, files(other).keySet());
        assertEquals(
                1,
                run(
                                "channel",
                                "export",
                                "--channel",
                                "nobody",
                                home.resolve("new").toString())
                        .status());
        assertFalse(Files.exists(home.resolve("new")));
    }
}
