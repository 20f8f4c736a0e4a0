package dev.bulla.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LogsTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void log() {
        Logs.toStandardError(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void asBefore() throws Exception {
        LogManager.getLogManager().readConfiguration();
    }

    @Test
    void an_event_is_one_line_whatever_it_repeats() {
        Logger.getLogger("any").warning("x\u001b[2K\n2026 INFO forged\u009b31m");

        var lines = err.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(1, lines.size());
        assertTrue(lines.getFirst().endsWith(" WARNING x?[2K?2026 INFO forged?31m"), lines.getFirst());
    }

    @Test
    void a_token_in_an_address_that_a_library_repeats_is_masked() {
        var token = "bulla-" + "x".repeat(36);
        Logger.getLogger("org.eclipse.jetty.server.Response")
                .warning("GET@1 http://127.0.0.1/t/other/main/a token " + token);

        var line = err.toString(StandardCharsets.UTF_8).strip();
        assertTrue(line.endsWith("http://127.0.0.1/t/***/main/a token ***"), line);
    }

    @Test
    void what_a_client_sent_is_not_repeated_by_the_http_library() {
        Logger.getLogger("org.eclipse.jetty.util.HostPort").warning("Bad port [a token]");
        Logger.getLogger("org.eclipse.jetty.http.HttpParser").warning("multiple Host headers");

        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }
}
