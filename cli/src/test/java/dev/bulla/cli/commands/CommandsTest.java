package dev.bulla.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.cli.output.Exit;
import dev.bulla.problem.Code;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class CommandsTest {
    @TempDir
    private Path home;

    private CommandRun.Ended run(String... args) {
        return CommandRun.at(home).run(args);
    }

    private static JsonObject json(String text) {
        return (JsonObject) Json.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.METADATA);
    }

    @Test
    void every_command_has_help_with_an_example() {
        List<String> paths = paths();
        assertTrue(paths.size() > 15, paths::toString);
        for (String path : paths) {
            var words = new ArrayList<>(List.of(path.split(" ")));
            words.add("--help");
            var ended = run(words.toArray(String[]::new));
            assertEquals(0, ended.status(), path);
            assertEquals("", ended.err(), path);
            assertTrue(ended.out().contains("Usage: bulla " + path), path);
            assertTrue(ended.out().contains("Example"), path + " has no example");
        }
    }

    /** All commands that do something, as words. */
    private static List<String> paths() {
        var paths = new ArrayList<String>();
        collect(Commands.all(CommandRun.nothing()), "", paths);
        return paths;
    }

    private static void collect(CommandLine line, String path, List<String> paths) {
        line.getSubcommands().forEach((word, sub) -> {
            String longer = path.isEmpty() ? word : path + " " + word;
            if (sub.getSubcommands().isEmpty()) {
                paths.add(longer);
            }
            collect(sub, longer, paths);
        });
    }

    @Test
    void no_command_is_a_usage_error_that_shows_the_help() {
        var ended = run();
        assertEquals(2, ended.status());
        assertEquals("", ended.out());
        assertTrue(ended.err().contains("Usage: bulla"));
    }

    @Test
    void a_mistyped_command_is_a_usage_error_with_a_suggestion() {
        var ended = run("veriffy", "x");
        assertEquals(2, ended.status());
        assertTrue(ended.err().startsWith("error: there is no command veriffy; did you mean verify"), ended.err());
        assertTrue(ended.err().contains("[bad_request]"));
    }

    @Test
    void a_mistyped_option_is_a_usage_error_with_a_suggestion() {
        var ended = run("explain", "--jsn");
        assertEquals(2, ended.status());
        assertTrue(ended.err().contains("unknown option --jsn; did you mean --json"), ended.err());
    }

    @Test
    void a_group_without_a_command_says_which_there_are() {
        var ended = run("config");
        assertEquals(2, ended.status());
        assertTrue(ended.err().contains("config what? One of show, check is expected"), ended.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "publish", "channel create", "completion"})
    void a_word_that_is_missing_is_a_usage_error(String command) {
        var ended = run(command.split(" "));
        assertEquals(2, ended.status(), ended.err());
        assertTrue(ended.err().startsWith("error: Missing required parameter"), ended.err());
    }

    @Test
    void a_usage_error_is_json_where_json_was_asked_for() {
        var ended = run("--json", "explain", "one", "two");
        assertEquals(2, ended.status());
        assertEquals("", ended.err());
        var error = (JsonObject) json(ended.out()).member("error").orElseThrow();
        assertEquals(
                "\"bad_request\"", new String(error.member("code").orElseThrow().compact(), StandardCharsets.UTF_8));
    }

    @Test
    void explain_knows_every_code() {
        for (Code code : Code.values()) {
            var ended = run("explain", code.text());
            assertEquals(0, ended.status());
            assertTrue(ended.out().startsWith(code.text()), ended.out());
            assertTrue(ended.out().contains(code.cure()), ended.out());
        }
        assertEquals(Code.values().length + 1, run("explain").out().lines().count());
    }

    @Test
    void explain_of_an_unknown_code_suggests_the_nearest() {
        var ended = run("explain", "nameconflict");
        assertEquals(2, ended.status());
        assertTrue(ended.err().contains("did you mean name_conflict?"), ended.err());
    }

    @Test
    void exit_codes_are_told_by_help() {
        var ended = run("help", "exit-codes");
        assertEquals(Exit.values().length, ended.out().lines().count());
        assertTrue(ended.out().startsWith("0  done"));
    }

    @Test
    void version_is_that_of_the_build() {
        var ended = run("--version");
        assertEquals(0, ended.status());
        assertTrue(ended.out().matches("bulla \\d+\\.\\d+\\.\\d+\\S*\\R"), ended.out());
        assertFalse(ended.out().contains("$"), "the build did not fill in the version");
    }

    @Test
    void version_is_json_where_json_was_asked_for() {
        var option = run("--json", "--version");
        assertEquals(0, option.status());
        assertEquals(json(run("version", "--json").out()), json(option.out()));
        assertEquals(option.out(), run("--version", "--json").out());
    }

    @Test
    void a_server_that_is_not_there_is_no_verdict() {
        var ended = run("status", "--server", "http://127.0.0.1:1");
        assertEquals(3, ended.status());
        assertTrue(ended.err().contains("[server_unreachable]"), ended.err());
    }

    @Test
    void a_doctor_who_reaches_nobody_has_found_nothing_out() {
        var ended = run("doctor", "--server", "http://127.0.0.1:1");
        assertEquals(3, ended.status(), ended.out());
        var lines = ended.out().lines().toList();
        assertTrue(lines.getFirst().startsWith("UNKNOWN  reachable: "), ended.out());
        assertEquals("         " + Code.SERVER_UNREACHABLE.cure(), lines.get(1));
    }

    @Test
    void a_label_that_is_none_is_refused_before_anything_is_sent() {
        var ended = run("publish", "--label", "no label", "x-1-0.conda");
        assertEquals(1, ended.status());
        assertTrue(ended.err().contains("[name_invalid]"), ended.err());
        assertTrue(run("publish", "--label", "dev", "x-1-0.conda").err().contains("[token_missing]"));
    }

    @Test
    void config_check_finds_what_would_stop_the_start() throws IOException {
        var lone = Files.writeString(home.resolve("lone.toml"), "tls-cert = \"c.pem\"\n");
        assertTrue(run("config", "check", "--config", lone.toString()).err().contains("belong together"));
        var absent =
                Files.writeString(home.resolve("absent.toml"), "tls-cert = \"/no/c.pem\"\ntls-key = \"/no/k.pem\"\n");
        var ended = run("config", "check", "--config", absent.toString());
        assertEquals(2, ended.status());
        assertTrue(ended.err().startsWith("error: there is no file /no/c.pem [bad_config]"), ended.err());
        var proxy = Files.writeString(home.resolve("proxy.toml"), "trusted-proxy = \"10.0.0.0/99\"\n");
        assertEquals(2, run("config", "check", "--config", proxy.toString()).status());
    }

    @Test
    void config_check_has_one_shape_of_json() throws IOException {
        var good = run("config", "check", "--json");
        assertEquals(0, good.status());
        assertEquals(List.of(), Answers.objects(json(good.out()), "problems"));
        var unknown = Files.writeString(home.resolve("unknown.toml"), "colour = 1\n");
        var lone = Files.writeString(home.resolve("lone.toml"), "tls-cert = \"c.pem\"\n");
        for (var file : List.of(unknown, lone, home.resolve("absent.toml"))) {
            var bad = run("config", "check", "--json", "--config", file.toString());
            assertEquals(2, bad.status(), bad.out());
            assertEquals(Set.of("problems"), json(bad.out()).members().keySet());
            assertEquals(1, Answers.objects(json(bad.out()), "problems").size());
        }
    }

    @Test
    void a_colour_that_there_is_not_is_warned_about_where_nothing_else_is_read() {
        var ended = CommandRun.at(home).with("BULLA_COLOR", "maybe").run("explain", "name_conflict");
        assertEquals(0, ended.status());
        assertTrue(ended.err().startsWith("warning: BULLA_COLOR: color is maybe; expected "), ended.err());
    }

    @Test
    void a_damaged_database_is_an_error_of_the_disk_that_names_it() throws IOException {
        var database = Files.writeString(home.resolve("bulla.db"), "this is no database".repeat(100));
        var ended = run("serve", "--data", home.toString(), "--port", "0");
        assertEquals(3, ended.status(), ended.err());
        assertTrue(ended.err().contains("error: " + database + " cannot be used: "), ended.err());
        assertTrue(ended.err().contains("[disk_error]"), ended.err());
    }

    @Test
    void whoami_without_a_token_says_how_to_get_one() {
        var ended = run("whoami");
        assertEquals(1, ended.status());
        assertTrue(ended.err().contains("[token_missing]"), ended.err());
        assertTrue(ended.err().contains("bulla login"), ended.err());
    }

    @Test
    void login_off_a_terminal_does_not_wait_for_anybody() {
        var ended = run("login");
        assertEquals(1, ended.status());
        assertTrue(ended.err().contains("--token-file"), ended.err());
    }

    @Test
    void colour_is_as_the_configuration_file_says_unless_the_environment_or_a_flag_says_otherwise() throws IOException {
        String file = Files.writeString(home.resolve("bulla.toml"), "color = \"always\"\n")
                .toString();
        String escape = "\u001b[";
        assertTrue(run("--config", file, "explain", "x").err().contains(escape));
        assertFalse(run("--config", file, "--color=never", "explain", "x").err().contains(escape));
        assertFalse(CommandRun.at(home)
                .with("BULLA_CONFIG", file)
                .with("BULLA_COLOR", "never")
                .run("explain", "x")
                .err()
                .contains(escape));
    }

    @Test
    void a_configuration_that_cannot_be_read_does_not_keep_a_refusal_from_being_shown() {
        var ended = run("--config", home.resolve("absent.toml").toString(), "explain", "x");
        assertEquals(2, ended.status());
        assertTrue(ended.err().contains("there is no code x"), ended.err());
    }

    @Test
    void colour_is_used_only_where_it_is_wanted() {
        String escape = "\u001b[";
        assertFalse(run("explain", "x").err().contains(escape));
        assertTrue(CommandRun.at(home).onTerminal().run("explain", "x").err().contains(escape));
        assertFalse(CommandRun.at(home)
                .onTerminal()
                .with("NO_COLOR", "1")
                .run("explain", "x")
                .err()
                .contains(escape));
        assertFalse(CommandRun.at(home)
                .onTerminal()
                .with("CLICOLOR", "0")
                .run("explain", "x")
                .err()
                .contains(escape));
        assertTrue(CommandRun.at(home)
                .with("CLICOLOR_FORCE", "1")
                .run("explain", "x")
                .err()
                .contains(escape));
        assertTrue(run("--color", "always", "explain", "x").err().contains(escape));
        assertFalse(CommandRun.at(home)
                .onTerminal()
                .run("--color=never", "explain", "x")
                .err()
                .contains(escape));
    }

    @Test
    void two_ways_to_give_a_token_are_refused() {
        var ended = run("whoami", "--token", "a", "--token-file", "b");
        assertEquals(2, ended.status());
        assertTrue(ended.err().contains("exclude each other"), ended.err());
    }
}
