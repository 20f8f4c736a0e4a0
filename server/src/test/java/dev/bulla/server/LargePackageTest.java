package dev.bulla.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package three times the size of the server's heap goes in and comes out. */
class LargePackageTest {
    private static final int SIZE = 200_000_000;
    private static final String HEAP = "-Xmx64m";

    @TempDir
    private Path folder;

    @Test
    void a_package_larger_than_the_heap_is_published_and_served() throws IOException, InterruptedException {
        var content = new byte[SIZE];
        new Random(1).nextBytes(content);
        var large = Packages.tiny("large").file("share/random", content);
        byte[] archive = large.conda();
        try (var server = ChildServer.in(folder, HEAP, "-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError");
                var client = HttpClient.newHttpClient()) {
            var upload = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/upload/main"))
                    .header(
                            "Authorization",
                            "Bearer "
                                    + Files.readString(folder.resolve("admin-token"))
                                            .strip())
                    .header("X-File-Name", large.condaName())
                    .header("X-File-SHA256", Packages.sha256(archive))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(archive));
            assertEquals(
                    201,
                    client.send(upload.build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode());
            var artifact = URI.create(server.url() + "/main/noarch/" + large.condaName());
            assertArrayEquals(archive, get(client, artifact, "bytes=0-").body());
            // From one mapped window of the file into the next.
            int middle = 64 << 20;
            assertArrayEquals(
                    Arrays.copyOfRange(archive, middle - 5, middle + (70 << 20)),
                    get(client, artifact, "bytes=" + (middle - 5) + "-" + (middle + (70 << 20) - 1))
                            .body());
        }
    }

    private static HttpResponse<byte[]> get(HttpClient client, URI uri, String range)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri).header("Range", range).build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(206, response.statusCode());
        return response;
    }
}
