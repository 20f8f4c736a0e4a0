package dev.bulla.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.channel.Channels;
import dev.bulla.channel.ChannelsConfig;
import dev.bulla.channel.publish.Upload;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.testkit.Packages;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bulla fsck}: what it says, and how it ends. What it finds is tested where that is found. */
final class FsckCommandTest {
    private static final String NAME = "zlib-1.0-0.conda";

    @TempDir
    private Path home;

    private Path data = Path.of("none");

    @BeforeEach
    void publish() throws IOException {
        data = home.resolve("data");
        byte[] bytes = Packages.tiny("zlib").conda();
        try (var channels = open()) {
            var token = channels.tokens()
                    .authenticate(Files.readString(data.resolve("admin-token")).strip());
            var main = channels.channel(ChannelName.MAIN).orElseThrow();
            main.publish(new Upload(NAME, null, null, null, new ByteArrayInputStream(bytes), bytes.length), token);
            channels.settle();
        }
    }

    private Channels open() throws IOException {
        return Channels.open(data, ChannelsConfig.DEFAULT, Clock.systemUTC(), new SecureRandom());
    }

    private CommandRun.Ended fsck(String... flags) {
        return fsck(CommandRun.at(home), flags);
    }

    private CommandRun.Ended fsck(CommandRun with, String... flags) {
        var words = new String[3 + flags.length];
        words[0] = "fsck";
        words[1] = "--data";
        words[2] = data.toString();
        System.arraycopy(flags, 0, words, 3, flags.length);
        return with.run(words);
    }

    private Path repodata() throws IOException {
        try (var all = Files.walk(data.resolve("index/main/noarch"))) {
            return all.filter(file ->
                            file.endsWith("repodata.json") && file.toString().contains("/conda/"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    @Test
    void a_folder_that_is_whole_is_clean() {
        var ended = fsck();
        assertEquals(0, ended.status(), ended.out() + ended.err());
        assertTrue(ended.out().startsWith("clean\nlooked at 1 record with signatures, 1 stored file of "), ended.out());
        assertEquals("", ended.err());
    }

    @Test
    void lost_bytes_are_said_with_their_cure_and_end_with_1() throws IOException {
        String sha256 = Packages.sha256(Packages.tiny("zlib").conda());
        Files.delete(data.resolve("blobs").resolve(sha256.substring(0, 2)).resolve(sha256));

        var ended = fsck();
        assertEquals(1, ended.status(), ended.out() + ended.err());
        assertTrue(ended.out().startsWith("damage: main/noarch/" + NAME + ": its bytes, blobs/"), ended.out());
        assertTrue(
                ended.out().contains(" are missing [bytes_missing]\nNOT CLEAN: 1 damage of what is stored\n"),
                ended.out());
        assertTrue(ended.err().startsWith("bytes_missing: Bring the file back from a backup"), ended.err());

        var json = fsck("--json", "--quick");
        assertEquals(1, json.status());
        var document = (JsonObject) Json.parse(json.out().getBytes(StandardCharsets.UTF_8), JsonLimits.METADATA);
        assertEquals(Optional.of(new JsonBoolean(false)), document.member("clean"));
        assertTrue(json.out().contains("\"code\": \"bytes_missing\""), json.out());
    }

    @Test
    void a_wrong_index_is_removed_only_when_that_was_confirmed() throws IOException {
        Path file = repodata();
        Files.writeString(file, "{}");

        assertEquals(1, fsck().status());
        var dry = fsck("--repair", "--dry-run");
        assertEquals(1, dry.status(), dry.out() + dry.err());
        assertTrue(dry.out().contains("would remove: index/main/noarch/"), dry.out());
        assertEquals(2, fsck("--repair").status(), "nobody is here to be asked");
        assertEquals(1, fsck(CommandRun.at(home).answering("no"), "--repair").status());
        assertEquals(2, fsck("--yes").status());
        assertTrue(Files.exists(file));

        var repaired = fsck(CommandRun.at(home).answering("yes"), "--repair");
        assertEquals(0, repaired.status(), repaired.out() + repaired.err());
        assertTrue(repaired.out().contains("repaired: "), repaired.out());
        assertTrue(Files.notExists(file));

        open().close();
        var clean = fsck();
        assertEquals(0, clean.status(), clean.out());
        assertTrue(clean.out().startsWith("clean\n"), clean.out());
    }

    @Test
    void a_folder_in_use_or_none_is_refused() throws IOException {
        try (var _ = open()) {
            var served = fsck();
            assertEquals(1, served.status());
            assertTrue(served.err().contains("[data_in_use]"), served.err());
        }
        var none =
                CommandRun.at(home).run("fsck", "--data", home.resolve("none").toString());
        assertEquals(2, none.status());
        assertTrue(none.err().contains("[file_not_found]"), none.err());
    }
}
