package dev.bulla.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokensTest {
    @TempDir
    Path folder;

    @Test
    void the_first_start_leaves_the_admins_token_in_a_file_for_its_owner_alone() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var file = folder.resolve("admin-token");

            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            var token = test.channels.tokens().authenticate(secret());
            assertTrue(token.admin());
            assertEquals("admin", token.name());
        }
    }

    @Test
    void the_token_stays_the_same_over_restarts_and_when_its_file_is_taken_away() throws IOException {
        TestChannels.open(folder).close();
        var secret = secret();
        Files.delete(folder.resolve("admin-token"));

        try (var test = TestChannels.open(folder)) {
            assertTrue(test.channels.tokens().authenticate(secret).admin());
            assertFalse(Files.exists(folder.resolve("admin-token")));
        }
    }

    @Test
    void a_torn_token_and_an_unknown_one_are_told_apart() throws IOException {
        String foreign;
        var elsewhere = folder.resolve("elsewhere");
        TestChannels.open(elsewhere).close();
        foreign = Files.readString(elsewhere.resolve("admin-token")).strip();
        try (var test = TestChannels.open(folder.resolve("here"))) {
            assertEquals(Code.TOKEN_UNKNOWN, refusal(test, foreign));
            assertEquals(Code.TOKEN_MALFORMED, refusal(test, foreign.substring(0, 41)));
            assertEquals(Code.TOKEN_MALFORMED, refusal(test, ""));
        }
    }

    @Test
    void a_reset_ends_the_old_token_at_once_while_the_folder_is_served() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var before = secret();

            var after = Channels.resetAdmin(folder, test.clock, new SecureRandom());

            assertEquals(after, secret());
            assertEquals(Code.TOKEN_UNKNOWN, refusal(test, before));
            assertTrue(test.channels.tokens().authenticate(after).admin());
        }
    }

    @Test
    void a_reset_works_in_a_folder_that_nobody_serves() throws IOException {
        TestChannels.open(folder).close();
        var clock = SettableClock.atStart();

        var after = Channels.resetAdmin(folder, clock, new SecureRandom());

        try (var test = TestChannels.open(folder)) {
            assertTrue(test.channels.tokens().authenticate(after).admin());
        }
    }

    @Test
    void a_reset_where_no_server_has_run_makes_nothing() {
        var nowhere = folder.resolve("nowhere");
        var refusal = assertThrows(
                ProblemException.class,
                () -> Channels.resetAdmin(nowhere, SettableClock.atStart(), new SecureRandom()));

        assertEquals(Code.FILE_NOT_FOUND, refusal.problem().code());
        assertFalse(Files.exists(nowhere));
    }

    @Test
    void no_file_but_the_admins_holds_the_secret() throws IOException {
        TestChannels.open(folder).close();
        var secret = secret();
        try (var all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("admin-token")) {
                    var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                    assertFalse(text.contains(secret.substring(6, 36)), file::toString);
                }
            }
        }
    }

    private String secret() throws IOException {
        return Files.readString(folder.resolve("admin-token")).strip();
    }

    private static Code refusal(TestChannels test, String secret) {
        return assertThrows(ProblemException.class, () -> test.channels.tokens().authenticate(secret))
                .problem()
                .code();
    }
}
