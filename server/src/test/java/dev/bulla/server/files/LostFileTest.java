package dev.bulla.server.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bulla.server.Answers;
import dev.bulla.server.RunningServer;
import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostFileTest {
    @TempDir
    private Path folder;

    @Test
    void a_file_that_the_disk_lost_is_a_fault_of_the_server_without_its_path()
            throws IOException, InterruptedException {
        var content = new byte[100_000];
        new Random(1).nextBytes(content);
        try (var server = RunningServer.in(folder)) {
            for (var lost : new byte[][] {new byte[1], content}) {
                var made = Packages.tiny("lost" + lost.length).file("share/bytes", lost);
                server.upload(made.condaName(), made.conda());
                var sha256 = Packages.sha256(made.conda());
                Files.delete(
                        folder.resolve("blobs").resolve(sha256.substring(0, 2)).resolve(sha256));
                var response = server.get("/main/noarch/" + made.condaName());
                assertEquals(500, response.statusCode());
                assertEquals("internal_error", Answers.text(Answers.document(response), "code"));
                assertFalse(RunningServer.text(response).contains(folder.toString()));
                assertEquals(200, server.get("/healthz").statusCode());
            }
        }
    }

    @Test
    void a_file_that_the_disk_cut_off_is_a_fault_of_the_server_too() throws IOException, InterruptedException {
        var content = new byte[100_000];
        new Random(2).nextBytes(content);
        try (var server = RunningServer.in(folder)) {
            for (var cut : new byte[][] {new byte[1], content}) {
                var made = Packages.tiny("cut" + cut.length).file("share/bytes", cut);
                server.upload(made.condaName(), made.conda());
                var sha256 = Packages.sha256(made.conda());
                var blob =
                        folder.resolve("blobs").resolve(sha256.substring(0, 2)).resolve(sha256);
                blob.toFile().setWritable(true);
                Files.write(blob, new byte[0]);
                var response = server.get("/main/noarch/" + made.condaName());
                assertEquals(500, response.statusCode());
                assertEquals("internal_error", Answers.text(Answers.document(response), "code"));
            }
        }
    }
}
