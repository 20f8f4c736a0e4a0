package dev.bulla.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.channel.ChannelsConfig;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import dev.bulla.server.ServerConfig;
import dev.bulla.server.api.UploadLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
    @TempDir
    private Path home;

    private Settings load(Map<Key, String> flags, Map<String, String> variables) {
        var all = new HashMap<>(variables);
        all.put("HOME", home.toString());
        return Settings.load(flags, all, null);
    }

    private Path userFile(String toml) throws IOException {
        Path file = home.resolve(".config/bulla/config.toml");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, toml);
    }

    private static List<String> details(Settings settings) {
        return settings.problems().stream().map(Problem::detail).toList();
    }

    @Test
    void keys_and_defaults_are_these() {
        String all = Arrays.stream(Key.values())
                .map(key -> key.text() + "=" + key.defaultValue() + " " + key.variable())
                .collect(Collectors.joining("\n"));
        assertEquals("""
                server=http://127.0.0.1:8080 BULLA_SERVER
                token= BULLA_TOKEN
                color=auto BULLA_COLOR
                data=./bulla-data BULLA_DATA
                host=127.0.0.1 BULLA_HOST
                port=8080 BULLA_PORT
                public-url= BULLA_PUBLIC_URL
                trusted-proxy= BULLA_TRUSTED_PROXY
                tls-cert= BULLA_TLS_CERT
                tls-key= BULLA_TLS_KEY
                upload-limit=5GiB BULLA_UPLOAD_LIMIT
                disk-reserve=1GiB BULLA_DISK_RESERVE""", all);
    }

    @Test
    void defaults_are_those_of_the_parts_they_configure() {
        assertEquals(ChannelsConfig.DEFAULT.uploadLimitBytes(), Size.bytes(Key.UPLOAD_LIMIT.defaultValue()));
        assertEquals(UploadLimits.DEFAULT.maxBytes(), Size.bytes(Key.UPLOAD_LIMIT.defaultValue()));
        assertEquals(ChannelsConfig.DEFAULT.diskReserveBytes(), Size.bytes(Key.DISK_RESERVE.defaultValue()));
        assertEquals(ServerConfig.DEFAULT.listen().host(), Key.HOST.defaultValue());
        assertEquals(ServerConfig.DEFAULT.listen().port(), Integer.parseInt(Key.PORT.defaultValue()));
    }

    @Test
    void every_default_is_a_good_value() {
        for (Key key : Key.values()) {
            assertTrue(key.expected(key.defaultValue()).isEmpty(), key.text());
        }
    }

    @Test
    void a_flag_wins_over_the_environment_over_the_file_over_the_default() throws IOException {
        Path file = userFile("port = 1111\nhost = \"::1\"\n");
        var settings = load(Map.of(), Map.of());
        assertEquals(new Value("1111", file + ":1"), settings.value(Key.PORT));
        assertEquals(new Value("::1", file + ":2"), settings.value(Key.HOST));
        assertEquals(new Value("./bulla-data", "default"), settings.value(Key.DATA));
        settings = load(Map.of(), Map.of("BULLA_PORT", "2222"));
        assertEquals(new Value("2222", "BULLA_PORT"), settings.value(Key.PORT));
        settings = load(Map.of(Key.PORT, "3333"), Map.of("BULLA_PORT", "2222"));
        assertEquals(new Value("3333", "--port"), settings.value(Key.PORT));
    }

    @Test
    void a_named_file_is_read_instead_of_the_users_own() throws IOException {
        userFile("port = 1111\n");
        Path other = Files.writeString(home.resolve("other.toml"), "host = \"0.0.0.0\"\n");
        var settings = load(Map.of(), Map.of("BULLA_CONFIG", other.toString()));
        assertEquals("8080", settings.value(Key.PORT).text());
        assertEquals("0.0.0.0", settings.value(Key.HOST).text());
    }

    @Test
    void a_named_file_that_is_not_there_is_an_error() {
        var e = assertThrows(
                ProblemException.class,
                () -> load(
                        Map.of(),
                        Map.of("BULLA_CONFIG", home.resolve("none.toml").toString())));
        assertEquals(Code.FILE_NOT_FOUND, e.problem().code());
    }

    @Test
    void an_unknown_key_is_an_error_with_its_line_and_a_suggestion() throws IOException {
        Path file = userFile("port = 1\n\ndisk-resrve = \"2GiB\"\n");
        assertEquals(
                List.of(file + ":3: unknown key disk-resrve; did you mean disk-reserve?"),
                details(load(Map.of(), Map.of())));
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() throws IOException {
        Path file = userFile("port = 70000\nupload-limit = \"big\"\nhost = 1.5\n");
        assertEquals(
                List.of(
                        file + ":3: host: a text, number, boolean or list of texts is expected",
                        "unknown variable BULLA_PROT; did you mean BULLA_PORT?",
                        file + ":1: port is 70000; expected 0 to 65535",
                        file + ":2: upload-limit is big; expected a size such as 512MiB or 4GiB"),
                details(load(Map.of(), Map.of("BULLA_PROT", "1"))));
    }

    @Test
    void a_file_that_is_not_toml_is_told_with_its_line() throws IOException {
        Path file = userFile("port = 1\nthis is not toml\n");
        assertTrue(details(load(Map.of(), Map.of())).getFirst().startsWith(file + ":2: "));
    }

    @Test
    void a_list_may_be_written_as_one() throws IOException {
        userFile("trusted-proxy = [\"10.0.0.0/8\", \"::1\"]\n");
        assertEquals(
                "10.0.0.0/8,::1",
                load(Map.of(), Map.of()).value(Key.TRUSTED_PROXY).text());
    }

    @Test
    void a_secret_may_stand_in_a_file_of_its_own() throws IOException {
        Path secret = Files.writeString(home.resolve("secret"), "  s3cret\n");
        assertEquals(
                new Value("s3cret", secret.toString()),
                load(Map.of(), Map.of("BULLA_TOKEN_FILE", secret.toString())).value(Key.TOKEN));
        userFile("token-file = \"" + secret + "\"\n");
        assertEquals("s3cret", load(Map.of(), Map.of()).value(Key.TOKEN).text());
    }

    @Test
    void an_empty_or_missing_secret_file_is_an_error() throws IOException {
        Path empty = Files.writeString(home.resolve("empty"), "\n");
        for (Path file : List.of(empty, home.resolve("missing"))) {
            assertThrows(ProblemException.class, () -> load(Map.of(), Map.of("BULLA_TOKEN_FILE", file.toString())));
        }
    }

    @Test
    void variables_that_kubernetes_sets_for_a_service_of_this_name_are_let_be() {
        assertEquals(List.of(), details(load(Map.of(), Map.of("BULLA_SERVICE_HOST", "10.1.1.1"))));
    }

    @Test
    void sizes_are_read_and_told_in_binary_units() {
        assertEquals(0, Size.bytes("0"));
        assertEquals(4096, Size.bytes("4096"));
        assertEquals(512L << 20, Size.bytes("512MiB"));
        assertEquals("4.0 GiB", Size.text(4L << 30));
        assertEquals("1023 B", Size.text(1023));
        for (String bad : List.of("", "1GB", "-1", "1.5GiB", "GiB", "9999999999999")) {
            assertThrows(IllegalArgumentException.class, () -> Size.bytes(bad), bad);
        }
    }
}
