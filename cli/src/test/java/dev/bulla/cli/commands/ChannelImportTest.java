package dev.bulla.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bulla channel import} into a server in another process. */
final class ChannelImportTest {
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

    private Path folder(String... names) throws IOException {
        var channel = home.resolve("channel");
        var noarch = Files.createDirectories(channel.resolve("noarch"));
        for (var name : names) {
            Files.write(
                    noarch.resolve(name + "-1.0-0.conda"), Packages.tiny(name).conda());
        }
        return channel;
    }

    @Test
    void a_folder_is_imported_once_and_then_there() throws IOException {
        var folder = folder("one", "two").toString();
        var dry = run("channel", "import", "--dry-run", folder);
        assertTrue(dry.out().contains("would import 2, already there 0, refused 0"), dry.out());

        var first = run("channel", "import", folder);
        assertEquals(0, first.status(), first.err());
        assertTrue(first.out().contains("imported 2, already there 0, refused 0"), first.out());

        var again = run("--json", "channel", "import", folder);
        assertEquals(0, again.status(), again.err());
        assertTrue(
                again.out().contains("\"imported\": 0") && again.out().contains("\"already_there\": 2"), again.out());
    }

    @Test
    void what_is_refused_is_named_and_stops_nothing_else() throws IOException {
        var folder = folder("three", "four");
        Files.write(folder.resolve("noarch/broken-1.0-0.conda"), new byte[100]);
        Files.createDirectories(folder.resolve("linux-64"));
        Files.copy(folder.resolve("noarch/four-1.0-0.conda"), folder.resolve("linux-64/four-1.0-0.conda"));

        var ended = run("channel", "import", folder.toString());
        assertEquals(1, ended.status());
        assertTrue(ended.out().contains("imported 2, already there 0, refused 2"), ended.out());
        assertTrue(
                ended.out().matches("(?s).*refused noarch/broken-1.0-0.conda: .*\\[archive_not_a_package].*"),
                ended.out());
        assertTrue(
                ended.out().matches("(?s).*refused linux-64/four-1.0-0.conda: .*\\[metadata_mismatch].*"), ended.out());

        Files.write(
                folder.resolve("noarch/four-1.0-0.conda"),
                Packages.tiny("four").depends("x").conda());
        var conflict = run("channel", "import", folder.toString());
        assertTrue(
                conflict.out().matches("(?s).*refused noarch/four-1.0-0.conda: .*\\[name_conflict].*"), conflict.out());
    }

    @Test
    void an_index_that_is_found_is_compared_and_not_believed() throws IOException {
        var folder = folder("five", "six");
        Files.writeString(folder.resolve("noarch/repodata.json"), """
                {"packages":{},"packages.conda":{
                "five-1.0-0.conda":{"name":"five","version":"1.0","build":"0","build_number":0,"depends":["changed"],
                "subdir":"noarch","sha256":"00","size":1},
                "gone-1.0-0.conda":{"name":"gone"}}}
                """);
        var ended = run("channel", "import", "--label", "dev", folder.toString());
        assertEquals(0, ended.status(), ended.err());
        assertTrue(ended.out().contains("imported 2"), ended.out());
        assertTrue(ended.out().contains("noarch/five-1.0-0.conda has another record: depends, "), ended.out());
        assertTrue(ended.out().contains("noarch/gone-1.0-0.conda is listed, but not there"), ended.out());
        assertTrue(ended.out().contains("noarch/six-1.0-0.conda is there, but not listed"), ended.out());
    }

    @Test
    void a_channel_at_an_address_is_imported() throws IOException {
        assertEquals(0, run("channel", "create", "from").status());
        assertEquals(0, run("channel", "create", "into").status());
        assertEquals(
                0,
                run(
                                "channel",
                                "import",
                                "--channel",
                                "from",
                                folder("seven", "eight").toString())
                        .status());

        var address = server.url() + "/from";
        var ended = run("channel", "import", "--channel", "into", address);
        assertEquals(0, ended.status(), ended.err() + ended.out());
        assertTrue(ended.out().contains("imported 2, already there 0, refused 0"), ended.out());
        var again = run("channel", "import", "--channel", "into", address);
        assertTrue(again.out().contains("imported 0, already there 2, refused 0"), again.out());
    }
}
