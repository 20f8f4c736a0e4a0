package dev.bulla.cli.slow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.cli.commands.BullaProcess;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is told to stop, or killed, while an upload is on its way. */
@Tag("slow")
final class ShutdownTest {
    private static final Duration DRAIN = Duration.ofSeconds(20);

    /** For what follows the drain: readers, the database, the end of the process. */
    private static final Duration AND_SOME = Duration.ofSeconds(8);

    private final TinyPackage slow = Packages.tiny("slow");
    private final TinyPackage second = Packages.tiny("second");

    @TempDir
    private Path temp;

    private Path data;

    @BeforeEach
    void choose() {
        data = temp.resolve("data");
    }

    /** An upload of which half has arrived. */
    private RawUpload halfOf(BullaProcess server) throws Exception {
        byte[] bytes = slow.conda();
        var upload = RawUpload.begin(server, slow.condaName(), bytes.length);
        upload.send(bytes, 0, bytes.length / 2);
        Served.await(
                "the upload is being received",
                () -> !Served.names(data.resolve("incoming")).isEmpty());
        return upload;
    }

    private static void sendRest(RawUpload upload, byte[] bytes) throws IOException {
        upload.send(bytes, bytes.length / 2, bytes.length);
    }

    private static void awaitDrain(BullaProcess server) throws Exception {
        Served.await("the drain", () -> server.get("/readyz").statusCode() == 503);
    }

    @Test
    void sigterm_waits_for_an_upload_takes_no_other_and_ends_with_0() throws Exception {
        try (var server = BullaProcess.serve(data);
                var upload = halfOf(server)) {
            server.tellToEnd();
            awaitDrain(server);

            var refused = RawUpload.of(server, second.condaName(), second.conda());
            assertTrue(refused.refuses(503, "shutting_down"), refused::body);
            assertNotNull(refused.header("retry-after"));
            assertEquals(200, server.get("/main/noarch/repodata.json").statusCode(), "reading goes on");

            sendRest(upload, slow.conda());
            var answer = upload.answer();
            assertEquals(201, answer.status(), answer::body);
            assertEquals(0, server.awaitEnd(), server.log());
        }
        try (var again = BullaProcess.serve(data)) {
            assertEquals(Set.of(slow.condaName()), new Served(again).whole().keySet());
        }
    }

    @Test
    void an_upload_that_does_not_end_is_cut_off_after_the_drain_and_leaves_nothing() throws Exception {
        try (var server = BullaProcess.serve(data);
                var upload = halfOf(server)) {
            Instant told = Instant.now();
            server.tellToEnd();
            assertEquals(0, server.awaitEnd(), server.log());
            Duration took = Duration.between(told, Instant.now());
            assertTrue(took.compareTo(DRAIN.minusSeconds(1)) > 0, () -> "it gave up after " + took);
            assertTrue(took.compareTo(DRAIN.plus(AND_SOME)) < 0, () -> "it took " + took);
            assertTrue(upload.isOver(), "the connection is closed");
            assertEquals(Set.of(), Served.names(data.resolve("incoming")), "nothing is left, even before a start");
            assertEquals(Set.of(), Served.blobs(data));
        }
        try (var again = BullaProcess.serve(data)) {
            assertEquals(Map.of(), new Served(again).whole());
        }
    }

    @Test
    void without_an_upload_sigterm_ends_at_once() throws Exception {
        try (var server = BullaProcess.serve(data)) {
            Instant told = Instant.now();
            assertEquals(0, server.terminate(), server.log());
            assertTrue(Duration.between(told, Instant.now()).compareTo(AND_SOME) < 0);
        }
    }

    @Test
    void a_server_that_drains_still_has_its_folder_for_itself() throws Exception {
        try (var server = BullaProcess.serve(data);
                var upload = halfOf(server)) {
            server.tellToEnd();
            awaitDrain(server);
            var other = BullaProcess.serveInVain(data);
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(1, other.waitFor(), said);
            assertTrue(said.contains("\"data_in_use\""), said);
            sendRest(upload, slow.conda());
            assertEquals(201, upload.answer().status(), "the second start did not disturb the upload");
            assertEquals(0, server.awaitEnd(), server.log());
        }
    }

    @Test
    void after_kill_9_in_an_upload_the_folder_can_be_served_at_once() throws Exception {
        try (var server = BullaProcess.serve(data);
                var upload = halfOf(server)) {
            server.kill();
            try (var again = BullaProcess.serve(data)) {
                assertEquals(Map.of(), new Served(again).whole());
                assertEquals(
                        201, RawUpload.of(again, slow.condaName(), slow.conda()).status());
            }
            Served.await("the connection's end", upload::isOver);
        }
    }
}
