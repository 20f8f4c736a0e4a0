package dev.bulla.client.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.trust.contenttrust.SeenVersions;
import dev.bulla.trust.json.Dialect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedStateTest {
    private static final ChannelUrl CHANNEL = ChannelUrl.parse("http://host/t/secret/main");

    @TempDir
    private Path folder;

    @Test
    void the_folder_is_taken_from_the_environment_or_the_home() {
        var home = Path.of("/home/me");

        assertEquals(Path.of("/s/trust"), base(Map.of("BULLA_STATE", "/s", "XDG_STATE_HOME", "/x"), home));
        assertEquals(Path.of("/x/bulla/trust"), base(Map.of("XDG_STATE_HOME", "/x"), home));
        assertEquals(Path.of("/home/me/.local/state/bulla/trust"), base(Map.of("BULLA_STATE", ""), home));
    }

    @Test
    void what_was_kept_is_there_after_it_is_opened_again() {
        var pin = new Pin.Digest("0".repeat(64));
        try (var state = TrustedState.open(folder, CHANNEL)) {
            assertTrue(state.pin().isEmpty());
            assertEquals(SeenVersions.NONE, state.seen(Dialect.CONDA));
            state.pin(pin);
            state.seen(Dialect.CONDA, new SeenVersions(1, 2, 3));
        }

        try (var state = TrustedState.open(folder, CHANNEL)) {
            assertEquals(pin, state.pin().orElseThrow());
            assertEquals(new SeenVersions(1, 2, 3), state.seen(Dialect.CONDA));
            assertEquals(SeenVersions.NONE, state.seen(Dialect.LIBMAMBA));
        }
    }

    @Test
    void the_folder_says_whose_it_is_without_the_token() throws Exception {
        try (var state = TrustedState.open(folder, CHANNEL)) {
            assertEquals("http://host/main\n", Files.readString(state.folder().resolve("channel")));
        }
    }

    @Test
    void a_second_user_waits_until_the_first_has_closed() throws Exception {
        var entered = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = TrustedState.open(folder, CHANNEL);
            var second = threads.submit(() -> {
                try (var _ = TrustedState.open(folder, CHANNEL)) {
                    entered.countDown();
                }
                return true;
            });

            assertFalse(entered.await(200, TimeUnit.MILLISECONDS));
            first.close();

            assertTrue(second.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void a_file_is_replaced_behind_a_link_and_keeps_its_permissions() throws Exception {
        var real = Files.writeString(folder.resolve("real"), "old");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
        var link = Files.createSymbolicLink(folder.resolve("link"), real);

        DurableFile.write(link, "new".getBytes(StandardCharsets.UTF_8));

        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(real));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
    }

    private static Path base(Map<String, String> environment, Path home) {
        return TrustedState.base(environment::get, home);
    }
}
