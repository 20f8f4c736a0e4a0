package dev.bulla.cli.slow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.cli.commands.BullaProcess;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Less space is free than the server keeps as a reserve. */
@Tag("slow")
final class DiskReserveTest {
    private final TinyPackage before = Packages.tiny("before");
    private final TinyPackage late = Packages.tiny("late");

    @TempDir
    private Path temp;

    /** More than is free, by so much that nobody frees it meanwhile. */
    private String tooMuch() throws Exception {
        return Long.toString(Files.getFileStore(temp).getTotalSpace() + 1);
    }

    @Test
    void below_the_reserve_uploads_are_refused_with_storage_full_and_reads_go_on() throws Exception {
        Path data = temp.resolve("data");
        Map<String, String> index;
        try (var server = BullaProcess.serve(data)) {
            assertEquals(
                    201,
                    RawUpload.of(server, before.condaName(), before.conda()).status());
            index = new Served(server).index();
        }
        try (var full = BullaProcess.serve(data, "--disk-reserve", tooMuch())) {
            assertRefused(RawUpload.of(full, late.condaName(), late.conda()));
            try (var inChunks = RawUpload.begin(full, late.condaName(), RawUpload.CHUNKED)) {
                byte[] bytes = late.conda();
                inChunks.send(bytes, 0, bytes.length);
                inChunks.endChunks();
                assertRefused(inChunks.answer());
            }
            assertEquals(200, full.get("/healthz").statusCode());
            String ready = new String(full.get("/readyz").body(), StandardCharsets.UTF_8);
            assertTrue(ready.contains("\"takes_uploads\":false"), ready);
            assertTrue(ready.contains("the disk reserve is touched"), ready);
            assertEquals(index, new Served(full).whole(), "reads go on, and nothing was left");
        }
        try (var server = BullaProcess.serve(data)) {
            assertEquals(
                    201, RawUpload.of(server, late.condaName(), late.conda()).status());
        }
    }

    private static void assertRefused(RawUpload.Answer answer) {
        assertTrue(answer.refuses(503, "storage_full"), answer::toString);
        assertNotNull(answer.header("retry-after"));
    }

    @Test
    void a_first_start_below_the_reserve_makes_a_channel_that_can_be_read() throws Exception {
        try (var full = BullaProcess.serve(temp.resolve("data"), "--disk-reserve", tooMuch())) {
            assertRefused(RawUpload.of(full, late.condaName(), late.conda()));
            assertEquals(Map.of(), new Served(full).whole());
        }
    }
}
