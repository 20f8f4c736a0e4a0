package dev.bulla.cli.slow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.cli.commands.BullaProcess;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operating system refuses to write more, as a full disk does: from some moment on no file of the server's may grow
 * over a size, which every user may have for a process. Stored bytes meet it first, the database in the end.
 */
@Tag("slow")
final class NoRoomTest {
    /** How much the database may still grow. */
    private static final long ROOM_BYTES = 256 << 10;

    private static final int MOST_UPLOADS = 3000;

    @TempDir
    private Path temp;

    private final Map<String, byte[]> acknowledged = new HashMap<>();

    /** Takes the room away from a server that runs. */
    private static void takeRoom(BullaProcess server) throws Exception {
        long largest = Math.max(
                Files.size(server.folder().resolve("bulla.db")),
                Files.size(server.folder().resolve("bulla.db-wal")));
        var limit = new ProcessBuilder(
                "prlimit", "--pid", Long.toString(server.processId()), "--fsize=" + (largest + ROOM_BYTES));
        assertEquals(0, limit.inheritIO().start().waitFor(), "prlimit");
    }

    @Test
    void what_has_no_room_is_refused_and_nothing_that_was_acknowledged_is_lost() throws Exception {
        Path data = temp.resolve("data");
        try (var server = BullaProcess.serve(data)) {
            assertTrue(upload(server, Packages.tiny("before")).isAcknowledgement());
            takeRoom(server);
            for (int i = 0; i < 3; i++) {
                var refused = upload(server, large(i));
                assertTrue(refused.refuses(503, "storage_full"), refused::toString);
                assertServed(server);
            }
            assertEquals(Set.of(), Served.names(data.resolve("incoming")), "nothing is left of what was refused");
            assertEquals(acknowledged.keySet(), new Served(server).index().keySet());
            fillDatabase(server);
            assertServed(server);
            assertEquals(200, server.get("/healthz").statusCode());
            String ready = new String(server.get("/readyz").body(), StandardCharsets.UTF_8);
            assertTrue(ready.contains("\"takes_uploads\":false"), ready);
        }
        var fsck = BullaProcess.run(temp, "fsck", "--data", data.toString());
        assertEquals(0, fsck.status(), fsck.out() + fsck.err());
        try (var server = BullaProcess.serve(data)) {
            var index = new Served(server).whole();
            acknowledged.forEach((name, bytes) -> assertEquals(Packages.sha256(bytes), index.get(name), name));
            assertTrue(upload(server, Packages.tiny("after")).isAcknowledgement());
        }
    }

    /** Uploads small packages until the database has no room for another. */
    private void fillDatabase(BullaProcess server) throws Exception {
        for (int i = 0; i < MOST_UPLOADS; i++) {
            var answer = upload(server, Packages.tiny("filler-" + i));
            if (!answer.isAcknowledgement()) {
                assertTrue(answer.refuses(500, "disk_error") || answer.refuses(503, "storage_full"), answer::toString);
                return;
            }
        }
        throw new AssertionError("the database had room for " + MOST_UPLOADS + " packages");
    }

    private static TinyPackage large(int seed) {
        var content = new byte[3 << 20];
        new Random(seed).nextBytes(content);
        return Packages.tiny("large-" + seed).file("share/bytes", content);
    }

    private RawUpload.Answer upload(BullaProcess server, TinyPackage made) throws Exception {
        byte[] bytes = made.conda();
        var answer = RawUpload.of(server, made.condaName(), bytes);
        if (answer.isAcknowledgement()) {
            acknowledged.put(made.condaName(), bytes);
        }
        return answer;
    }

    private void assertServed(BullaProcess server) throws Exception {
        assertEquals(200, server.get("/main/noarch/repodata.json").statusCode());
        for (var file : acknowledged.entrySet()) {
            assertArrayEquals(file.getValue(), server.body("/main/noarch/" + file.getKey()), file.getKey());
        }
    }
}
