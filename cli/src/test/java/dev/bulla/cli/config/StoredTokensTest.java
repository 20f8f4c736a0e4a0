package dev.bulla.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredTokensTest {
    @TempDir
    private Path folder;

    @Test
    void a_token_is_kept_for_its_server_and_no_other() {
        var tokens = new StoredTokens(folder);
        tokens.store(URI.create("https://a.example"), "one");
        tokens.store(URI.create("https://b.example:8443"), "two");
        assertEquals(
                "one",
                tokens.find(URI.create("https://A.example:443/")).orElseThrow().text());
        assertEquals(
                "two",
                tokens.find(URI.create("https://b.example:8443")).orElseThrow().text());
        assertTrue(tokens.find(URI.create("http://a.example")).isEmpty());
        assertTrue(tokens.find(URI.create("https://b.example")).isEmpty());
    }

    @Test
    void a_later_token_replaces_the_earlier_one() throws IOException {
        var tokens = new StoredTokens(folder);
        var server = URI.create("http://127.0.0.1:8080");
        tokens.store(server, "old");
        tokens.store(server, "new");
        assertEquals("new", tokens.find(server).orElseThrow().text());
        try (var files = Files.list(folder.resolve("tokens"))) {
            assertEquals(1, files.count(), "nothing temporary is left");
        }
    }

    @Test
    void only_the_owner_can_read_it() throws IOException {
        var tokens = new StoredTokens(folder);
        var server = URI.create("http://127.0.0.1:8080");
        tokens.store(server, "secret");
        assertEquals("rw-------", permissions(tokens.file(server)));
        assertEquals("rwx------", permissions(folder.resolve("tokens")));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
