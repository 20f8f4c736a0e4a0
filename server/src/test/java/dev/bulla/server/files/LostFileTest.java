package dev.bulla.server.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bulla.server.Answers;
import dev.bulla.server.RunningServer;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stored bytes are lost or damaged below a running server: all else goes on, and the very same bytes heal it. */
class LostFileTest {
    @TempDir
    private Path folder;

    /** One that is small enough to be kept in memory, and one that is not. */
    private static List<TinyPackage> packages(String name) {
        var content = new byte[100_000];
        new Random(1).nextBytes(content);
        return List.of(
                Packages.tiny(name + "-small").file("share/bytes", new byte[1]),
                Packages.tiny(name + "-large").file("share/bytes", content));
    }

    @Test
    void bytes_that_the_disk_lost_are_told_without_their_path_and_come_back_with_an_upload() throws Exception {
        try (var server = RunningServer.in(folder)) {
            for (var made : packages("lost")) {
                server.upload(made.condaName(), made.conda());
                Files.delete(blob(made));
                assertTold(server, made, "bytes_missing");
                assertComesBack(server, made);
            }
        }
    }

    @Test
    void bytes_that_the_disk_cut_off_are_told_and_come_back_with_an_upload() throws Exception {
        try (var server = RunningServer.in(folder)) {
            for (var made : packages("cut")) {
                server.upload(made.condaName(), made.conda());
                Files.write(blob(made), new byte[0]);
                assertTold(server, made, "bytes_damaged");
                assertComesBack(server, made);
            }
        }
    }

    @Test
    void bytes_that_the_disk_changed_are_whole_again_after_an_upload() throws Exception {
        try (var server = RunningServer.in(folder)) {
            for (var made : packages("changed")) {
                change(server, made);
                assertComesBack(server, made);
            }
        }
    }

    @Test
    void changed_bytes_of_a_small_file_are_noticed_before_they_are_sent() throws Exception {
        try (var server = RunningServer.in(folder)) {
            var small = packages("noticed").getFirst();
            change(server, small);
            assertTold(server, small, "bytes_damaged");
            assertComesBack(server, small);
        }
    }

    private void change(RunningServer server, TinyPackage made) throws IOException, InterruptedException {
        server.upload(made.condaName(), made.conda());
        var bytes = made.conda();
        bytes[bytes.length / 2] ^= 1;
        Files.write(blob(made), bytes);
    }

    private Path blob(TinyPackage made) {
        var sha256 = Packages.sha256(made.conda());
        return folder.resolve("blobs").resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    /** The artifact is told to be lost; reading and writing of others go on. */
    private void assertTold(RunningServer server, TinyPackage lost, String code)
            throws IOException, InterruptedException {
        var response = server.get("/main/noarch/" + lost.condaName());
        assertEquals(500, response.statusCode());
        assertEquals(code, Answers.text(Answers.document(response), "code"));
        assertFalse(RunningServer.text(response).contains(folder.toString()));
        assertEquals(200, server.get("/healthz").statusCode());
        assertEquals(200, server.get("/main/noarch/repodata.json").statusCode());
        var other = Packages.tiny("beside-" + lost.condaName().replaceAll("-1.0.*", ""));
        assertEquals(201, server.upload(other.condaName(), other.conda()).statusCode());
        assertEquals(200, server.get("/main/noarch/" + other.condaName()).statusCode());
    }

    private static void assertComesBack(RunningServer server, TinyPackage lost)
            throws IOException, InterruptedException {
        var again = server.upload(lost.condaName(), lost.conda());
        assertEquals(200, again.statusCode());
        var response = server.get("/main/noarch/" + lost.condaName());
        assertEquals(200, response.statusCode());
        assertArrayEquals(lost.conda(), response.body());
    }
}
