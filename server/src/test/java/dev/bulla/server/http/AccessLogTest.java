package dev.bulla.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.server.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server writes about requests, through the logging of the JDK. */
class AccessLogTest {
    @TempDir
    private Path folder;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root = Logger.getLogger("");
    private final Handler capture = new Capture();

    @BeforeEach
    void listen() {
        root.addHandler(capture);
    }

    @AfterEach
    void unlisten() {
        root.removeHandler(capture);
    }

    @Test
    void a_request_is_one_line_with_its_token_masked() throws IOException, InterruptedException {
        var lines = linesOf(server -> {
            server.get("/t/" + server.token() + "/main/noarch/repodata.json?token=" + server.token());
            server.get("/main/noarch/repodata.json", "Authorization", "Bearer " + server.token(), "X-API-Key", "k3y");
            server.get("/main/" + server.token() + "/repodata.json");
            server.get("/%74/" + server.token() + "/nothing");
            server.get("/t/" + server.token() + "/main//noarch");
        });
        assertEquals(5, lines.size(), lines.toString());
        assertTrue(
                lines.getFirst()
                        .matches(
                                "GET /t/\\*\\*\\*/main/noarch/repodata.json status=200 bytes=[1-9]\\d* duration_ms=\\d+"
                                        + " request=[0-9a-z]+-[0-9a-z]+"),
                lines.getFirst());
        assertTrue(lines.get(2).startsWith("GET /main/***/repodata.json status=404 "), lines.get(2));
        assertTrue(lines.get(3).startsWith("GET /t/***/nothing status=404 "), lines.get(3));
        assertTrue(lines.get(4).startsWith("GET (unreadable) status=400 "), lines.get(4));
    }

    @Test
    void a_line_cannot_be_forged() throws IOException, InterruptedException {
        var lines = linesOf(server -> server.get("/main/%c2%85%e2%80%a8x%1b/y"));
        assertEquals(1, lines.size());
        assertTrue(lines.getFirst().matches("[\\x20-\\x7e]+"), lines.getFirst());
    }

    /** The access lines of what {@code visit} does; nothing else that was logged meanwhile holds a secret either. */
    private List<String> linesOf(Visit visit) throws IOException, InterruptedException {
        try (var server = RunningServer.in(folder)) {
            visit.to(server);
            var token = server.token();
            server.server().drainAndStop(Duration.ofSeconds(5));
            assertFalse(lines.toString().contains(token));
            assertFalse(lines.toString().contains("k3y"));
        }
        var access = lines.stream().filter(line -> line.startsWith("GET ")).toList();
        assertFalse(access.toString().contains("127.0.0.1"));
        return access;
    }

    private interface Visit {
        void to(RunningServer server) throws IOException, InterruptedException;
    }

    private final class Capture extends Handler {
        private Capture() {
            setLevel(Level.ALL);
            setFormatter(new SimpleFormatter());
        }

        @Override
        public void publish(LogRecord logged) {
            lines.add(getFormatter().formatMessage(logged));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
