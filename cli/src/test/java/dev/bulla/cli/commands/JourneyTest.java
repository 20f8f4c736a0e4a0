package dev.bulla.cli.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.testkit.Packages;
import dev.bulla.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands against a server in another process, as publishers, users and operators run them. */
final class JourneyTest {
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

    private Path tiny(String name) throws IOException {
        return Files.write(
                home.resolve(name + "-1.0-0.conda"), Packages.tiny(name).conda());
    }

    private CommandRun.Ended run(String... words) throws IOException {
        return server.command(home).run(words);
    }

    private static String main() {
        return server.url() + "/main";
    }

    @Test
    void a_published_file_is_read_back_and_verified() throws IOException {
        var ended = run("publish", tiny("one").toString(), "--root-sha256", server.rootSha256());
        assertEquals(0, ended.status(), ended.err());
        assertTrue(ended.out().startsWith("published noarch/one-1.0-0.conda: verified: root v"), ended.out());
    }

    @Test
    void without_a_pinned_root_publish_says_what_it_did_not_check() throws IOException {
        var ended = run("publish", tiny("two").toString());
        assertEquals(0, ended.status(), ended.err());
        assertTrue(ended.err().contains("not verified; --root-sha256"), ended.err());
    }

    @Test
    void publishing_the_same_file_again_changes_nothing() throws IOException {
        run("publish", tiny("three").toString());
        var ended = run("publish", tiny("three").toString());
        assertEquals(0, ended.status(), ended.err());
        assertTrue(ended.out().startsWith("already there noarch/three-1.0-0.conda"), ended.out());
    }

    @Test
    void a_file_is_published_and_verified_under_a_label() throws IOException {
        var ended = run("publish", "--label", "dev", tiny("labelled").toString(), "--root-sha256", server.rootSha256());
        assertEquals(0, ended.status(), ended.err());
        assertTrue(ended.out().startsWith("published noarch/labelled-1.0-0.conda: verified: root v"), ended.out());

        var again = run("publish", tiny("labelled").toString(), "--root-sha256", server.rootSha256());
        assertEquals(0, again.status(), again.err());
        assertTrue(again.out().startsWith("already there noarch/labelled-1.0-0.conda: verified"), again.out());
        var less = run("label", "remove", "dev", "noarch/labelled-1.0-0.conda");
        assertEquals("no longer dev main/noarch/labelled-1.0-0.conda\n", less.out(), less.err());
        var more = run("label", "add", "dev", "noarch/labelled-1.0-0.conda");
        assertEquals("labelled dev main/noarch/labelled-1.0-0.conda\n", more.out(), more.err());
    }

    @Test
    void an_artifact_is_yanked_and_restored() throws IOException {
        run("publish", tiny("yanked").toString());
        var artifact = "noarch/yanked-1.0-0.conda";
        var unasked = run("yank", artifact, "--reason", "it is broken");
        assertEquals(2, unasked.status());
        assertTrue(unasked.err().contains("1 of main would leave its indexes [confirmation_needed]"), unasked.err());
        assertTrue(run("yank", artifact, "--yes").err().contains("a yank has a --reason"));
        assertEquals(
                "would yank main/" + artifact + "\n",
                run("yank", artifact, "--reason", "x", "--dry-run").out());

        var yanked = run("yank", artifact, "--reason", "it is broken", "--yes");
        assertEquals("yanked main/" + artifact + "\n", yanked.out(), yanked.err());
        assertEquals(
                "was yanked already: main/" + artifact + "\n",
                server.command(home)
                        .answering("yes")
                        .run("yank", artifact, "--reason", "again")
                        .out());
        assertTrue(run("publish", tiny("yanked").toString()).out().contains("[artifact_yanked]"));
        assertEquals(
                "restored main/" + artifact + "\n", run("restore", artifact).out());
        assertTrue(run("restore", artifact, "--json").out().contains("\"changed\": false"));
        assertEquals(
                1,
                run("yank", "noarch/none-1-0.conda", "--reason", "x", "--yes").status());
        assertEquals(2, run("restore", "none-1-0.conda").status());
    }

    @Test
    void records_are_patched_and_verify_as_before() throws IOException {
        run("publish", tiny("patched").toString());
        var patch = Files.writeString(
                home.resolve("patch_instructions.json"),
                "{\"packages.conda\":{\"patched-1.0-0.conda\":{\"license\":\"Zlib\"}}}");
        var looked = run("channel", "patch", patch.toString(), "--subdir", "noarch", "--dry-run");
        assertEquals("would be patched main/noarch: 1 records changed, 0 removed, 0 listed again\n", looked.out());
        assertTrue(run("channel", "patch", patch.toString(), "--subdir", "noarch")
                .err()
                .contains("main/noarch: 1 records changed, 0 removed, 0 listed again [confirmation_needed]"));
        var done = run("channel", "patch", patch.toString(), "--subdir", "noarch", "--yes");
        assertEquals("patched main/noarch: 1 records changed, 0 removed, 0 listed again\n", done.out(), done.err());

        var file = tiny("patched");
        var verified = run("publish", file.toString(), "--root-sha256", server.rootSha256());
        assertTrue(verified.out().startsWith("already there noarch/patched-1.0-0.conda: verified"), verified.out());
        var bad = Files.writeString(home.resolve("bad.json"), "[]");
        assertTrue(run("channel", "patch", bad.toString(), "--subdir", "noarch", "--yes")
                .err()
                .contains("[repodata_invalid]"));
    }

    @Test
    void a_notice_is_set_shown_and_removed() throws IOException {
        var set = run("notice", "set", "moving", "--level", "warning", "--message", "It moves.", "--expires", "P7D");
        assertEquals(0, set.status(), set.err());
        assertTrue(
                run("notice", "list").out().contains("moving  warning"),
                run("notice", "list").out());
        assertEquals(
                "removed moving from main\n", run("notice", "remove", "moving").out());
        assertEquals(1, run("notice", "remove", "moving").status());
        assertEquals(
                2,
                run("notice", "set", "x", "--message", "y", "--expires", "soon").status());
    }

    @Test
    void what_a_channel_has_is_counted() throws IOException {
        run("publish", tiny("counted").toString());
        var ended = run("channel", "stats");
        assertEquals(0, ended.status(), ended.err());
        assertTrue(ended.out().startsWith("main: "), ended.out());
        assertTrue(ended.out().contains("noarch"), ended.out());
    }

    @Test
    void other_bytes_under_a_name_that_is_taken_are_refused() throws IOException {
        run("publish", tiny("four").toString());
        Path other = Files.write(
                home.resolve("four-1.0-0.conda"),
                Packages.tiny("four").file("x", "other").conda());
        var ended = run("publish", other.toString());
        assertEquals(1, ended.status());
        assertTrue(ended.out().contains("[name_conflict]"), ended.out());
    }

    @Test
    void one_bad_file_does_not_stop_the_others() throws IOException {
        Path bad = Files.writeString(home.resolve("bad-1.0-0.conda"), "no package");
        var ended = run("publish", bad.toString(), tiny("five").toString());
        assertEquals(1, ended.status());
        assertTrue(ended.out().contains("refused " + bad), ended.out());
        assertTrue(ended.out().contains("published noarch/five-1.0-0.conda"), ended.out());
    }

    @Test
    void a_token_of_another_server_is_told_from_a_torn_one() throws IOException {
        String good = server.adminToken();
        String torn = good.substring(0, good.length() - 3);
        var ended = server.command(home).run("--token", torn, "whoami");
        assertEquals(1, ended.status());
        assertTrue(ended.err().contains("[token_malformed]"), ended.err());
        assertFalse(ended.err().contains(torn), "a token is never shown");
    }

    @Test
    void a_channel_is_verified_once_its_root_is_pinned_and_that_is_remembered() throws IOException {
        run("publish", tiny("six").toString());
        var unpinned = run("verify", main());
        assertEquals(1, unpinned.status());
        assertTrue(unpinned.err().contains("[root_not_pinned]"), unpinned.err());
        var pinned = run("verify", main(), "--root-sha256", server.rootSha256());
        assertEquals(0, pinned.status(), pinned.err());
        assertTrue(pinned.out().contains("verified six-1.0-0.conda: root v"), pinned.out());
        assertTrue(pinned.out().contains("trusted: " + main()), pinned.out());
        assertEquals(0, run("verify", main(), "--artifacts", "--json").status());
    }

    @Test
    void another_digest_than_the_pinned_one_is_not_trusted() throws IOException {
        var ended = run("verify", main(), "--root-sha256", "0".repeat(64));
        assertEquals(1, ended.status());
        assertTrue(ended.err().contains("[root_not_pinned]"), ended.err());
    }

    @Test
    void a_file_is_verified_against_its_record_and_a_changed_one_refused() throws IOException {
        Path file = tiny("seven");
        run("publish", file.toString(), "--root-sha256", server.rootSha256());
        var good = run("verify", file.toString());
        assertEquals(0, good.status(), good.err());
        assertTrue(good.out().startsWith("verified seven-1.0-0.conda: root v"), good.out());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        var changed = run("verify", file.toString());
        assertEquals(1, changed.status());
        assertTrue(changed.out().contains("[artifact_changed]"), changed.out());
    }

    @Test
    void a_server_that_is_gone_leaves_it_open() throws IOException {
        run("verify", main(), "--root-sha256", server.rootSha256());
        var ended = CommandRun.at(home).run("verify", "http://127.0.0.1:1/main", "--trust-first-root-shown");
        assertEquals(3, ended.status());
        assertTrue(ended.err().contains("[server_unreachable]"), ended.err());
    }

    @Test
    void login_keeps_a_good_token_where_only_its_owner_can_read_it() throws IOException {
        var login = CommandRun.at(home).answering(server.adminToken()).run("login", "--server", server.url());
        assertEquals(0, login.status(), login.err());
        assertFalse(login.out().contains(server.adminToken()));
        try (var files = Files.list(home.resolve(".config/bulla/tokens"))) {
            Path stored = files.findFirst().orElseThrow();
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(stored)));
        }
        var whoami = CommandRun.at(home).run("whoami", "--server", server.url());
        assertEquals(0, whoami.status(), whoami.err());
        assertTrue(whoami.out().contains("everything on this server"), whoami.out());
        assertTrue(whoami.out().matches("(?s).*expires_at: +never.*"), whoami.out());
        assertFalse(whoami.out().contains(server.adminToken()), "the token is not shown");
    }

    @Test
    void login_does_not_keep_a_bad_token() {
        var login = CommandRun.at(home).run("login", "--server", server.url(), "--token", "bulla-nonsense");
        assertEquals(1, login.status());
        assertFalse(Files.exists(home.resolve(".config/bulla/tokens")));
    }

    @Test
    void a_channel_is_created_once_and_listed() throws IOException {
        assertEquals(0, run("channel", "create", "extra").status());
        var again = run("channel", "create", "extra");
        assertEquals(1, again.status());
        assertTrue(again.err().contains("[channel_exists]"), again.err());
        var list = run("channel", "list");
        assertTrue(list.out().contains(server.url() + "/extra"), list.out());
        assertTrue(list.out().contains(server.rootSha256()), list.out());
    }

    @Test
    void status_and_doctor_tell_that_the_root_key_is_still_online() throws IOException {
        assertTrue(
                run("status").out().contains("root-key-take-offline"),
                run("status").out());
        var doctor = run("doctor");
        assertEquals(0, doctor.status(), doctor.out());
        assertTrue(doctor.out().contains("GOOD     token"), doctor.out());
        assertTrue(doctor.out().contains("WARNING"), doctor.out());
    }

    @Test
    void a_renewed_root_is_signed_away_from_the_server_and_followed_by_clients() throws IOException {
        run("channel", "create", "renewed");
        Path key = data.resolve("root-key-take-offline-renewed");
        String listed = run("channel", "list").out();
        String digest = listed.lines()
                .filter(line -> line.startsWith("renewed "))
                .findFirst()
                .orElseThrow()
                .replaceAll(".* ", "");
        String channel = server.url() + "/renewed";
        assertEquals(0, run("verify", channel, "--root-sha256", digest).status());
        var unpinned = run("root", "renew", "--key", key.toString(), "--out", home.toString());
        assertEquals(1, unpinned.status());
        assertTrue(unpinned.err().contains("[root_not_pinned]"), unpinned.err());
        var later = SettableClock.at(Instant.now().plus(Duration.ofHours(1)));
        var renewed = server.command(home)
                .clock(later)
                .run(
                        "root",
                        "renew",
                        "--key",
                        key.toString(),
                        "--root-sha256",
                        digest,
                        "--out",
                        home.toString(),
                        "--publish");
        assertEquals(0, renewed.status(), renewed.err());
        assertTrue(Files.exists(home.resolve("2.root.json")));
        var verified = run("verify", channel);
        assertEquals(0, verified.status(), verified.err());
        assertTrue(verified.out().contains("root v2"), verified.out());
    }

    @Test
    void a_root_that_was_signed_without_a_server_is_published_from_its_file() throws IOException {
        var created = run("channel", "create", "carried");
        assertTrue(
                created.out().contains("root-key-take-offline-carried"), "where the root key lies: " + created.out());
        Path key = data.resolve("root-key-take-offline-carried");
        Path first = Files.write(home.resolve("1.root.json"), server.body("/carried/content-trust/1.root.json"));
        var later = SettableClock.at(Instant.now().plus(Duration.ofHours(1)));
        var renewed = CommandRun.at(home)
                .clock(later)
                .run("root", "renew", "--key", key.toString(), "--current", first.toString(), "--out", home.toString());
        assertEquals(0, renewed.status(), renewed.err());
        String second = home.resolve("2.root.json").toString();
        String advice = "bulla root publish " + second + " --channel carried";
        assertTrue(renewed.out().contains(advice), renewed.out());

        var published = run("root", "publish", second, "--channel", "carried");

        assertEquals(0, published.status(), published.err());
        assertEquals("published " + second + ": root v2 of carried\n", published.out());
        assertArrayEquals(Files.readAllBytes(Path.of(second)), server.body("/carried/content-trust/2.root.json"));
    }

    @Test
    void a_key_that_is_taken_for_a_root_file_is_not_sent() throws IOException {
        Path key = data.resolve("root-key-take-offline");
        var ended = CommandRun.at(home).run("root", "publish", key.toString(), "--server", "http://127.0.0.1:1");
        assertEquals(1, ended.status(), ended.err());
        assertTrue(ended.err().contains(key + " is no root file"), ended.err());
        assertTrue(ended.err().contains("nothing was sent"), ended.err());
    }

    @Test
    void a_root_file_that_does_not_follow_is_refused_by_the_server() throws IOException {
        Path first = Files.write(home.resolve("1.root.json"), server.body("/main/content-trust/1.root.json"));
        var ended = run("root", "publish", first.toString());
        assertEquals(1, ended.status());
        assertTrue(ended.err().contains("[root_not_chained]"), ended.err());
    }

    @Test
    void a_root_is_not_signed_with_the_key_of_another_channel() throws IOException {
        run("channel", "create", "foreign");
        var ended = run(
                "root",
                "renew",
                "--key",
                data.resolve("root-key-take-offline").toString(),
                "--current",
                Files.write(home.resolve("1.root.json"), foreignRoot()).toString(),
                "--out",
                home.toString());
        assertEquals(1, ended.status());
        assertTrue(ended.err().contains("[root_not_chained]"), ended.err());
        assertFalse(Files.exists(home.resolve("2.root.json")));
    }

    private static byte[] foreignRoot() throws IOException {
        try {
            return server.get("/foreign/content-trust/1.root.json").body();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void client_setup_writes_what_the_doctor_finds_and_removes_it_without_a_trace() throws IOException {
        Path root = Files.createDirectories(home.resolve("mamba"));
        String[] setup = {
            "client",
            "setup",
            "--channel",
            main(),
            "--root-sha256",
            server.rootSha256(),
            "--mamba-root",
            root.toString()
        };
        var dry = run(with(setup, "--dry-run"));
        assertEquals(0, dry.status(), dry.err());
        assertTrue(dry.out().contains("would change " + root.resolve(".mambarc")), dry.out());
        assertFalse(Files.exists(root.resolve(".mambarc")));
        assertEquals(0, run(setup).status());
        assertTrue(Files.readString(root.resolve(".mambarc")).contains(main() + "/libmamba"));
        var doctor = run("client", "doctor", "--mamba-root", root.toString());
        assertEquals(0, doctor.status(), doctor.out() + doctor.err());
        var again = run(setup);
        assertTrue(again.out().startsWith("nothing to do"), again.out());
        assertEquals(0, run(with(setup, "--remove")).status());
        try (var left = Files.list(root)) {
            assertEquals(0, left.count(), "nothing is left");
        }
        assertEquals(1, run("client", "doctor", "--mamba-root", root.toString()).status());
    }

    @Test
    void client_setup_asks_a_person_and_refuses_where_there_is_none() throws IOException {
        Path root = Files.createDirectories(home.resolve("mamba"));
        String[] setup = {"client", "setup", "--channel", main(), "--mamba-root", root.toString()};
        var alone = CommandRun.at(home).run(setup);
        assertEquals(1, alone.status());
        assertTrue(alone.err().contains("[root_not_pinned]"), alone.err());
        assertEquals(1, CommandRun.at(home).answering("no").run(setup).status());
        assertFalse(Files.exists(root.resolve(".mambarc")));
        var yes = CommandRun.at(home).answering("yes").run(setup);
        assertEquals(0, yes.status(), yes.err());
        assertTrue(yes.err().contains(server.rootSha256()), yes.err());
    }

    private static String[] with(String[] words, String more) {
        String[] longer = Arrays.copyOf(words, words.length + 1);
        longer[words.length] = more;
        return longer;
    }

    @Test
    void a_reset_of_the_admin_token_ends_the_old_one() throws IOException {
        Path other = home.resolve("data");
        try (var second = BullaProcess.serve(other)) {
            String old = second.adminToken();
            var reset = CommandRun.at(home).run("admin-token", "reset", "--data", other.toString());
            assertEquals(0, reset.status(), reset.err());
            assertFalse(reset.out().contains(second.adminToken()), "only the file has it");
            assertEquals(0, second.command(home).run("whoami").status());
            var ended = CommandRun.at(home).run("whoami", "--server", second.url(), "--token", old);
            assertEquals(1, ended.status());
            assertTrue(ended.err().contains("[token_unknown]"), ended.err());
        }
    }
}
