package dev.bulla.cli.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.client.fetch.Patience;
import dev.bulla.testkit.Packages;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} in the middle of concurrent uploads: what was acknowledged is there, what is there is whole.
 *
 * <p>{@code -Dbulla.kill.rounds} and {@code -Dbulla.kill.uploads} say how often and of how many; {@code -Dbulla.seed}
 * repeats a run.
 */
final class KillNineTest {
    private static final int ROUNDS = Integer.getInteger("bulla.kill.rounds", 2);
    private static final int UPLOADS = Integer.getInteger("bulla.kill.uploads", 40);
    private static final long SEED = Long.getLong("bulla.seed", 20_261_125L);

    private static final int CUT_OFF = 0;

    @TempDir
    private Path temp;

    private final Map<String, byte[]> sent = new TreeMap<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    @Test
    @Timeout(1800)
    void every_acknowledged_upload_survives_and_nothing_is_half_visible() throws Exception {
        Path data = temp.resolve("data");
        var random = new Random(SEED);
        String digest = "";
        for (int round = 0; round < ROUNDS; round++) {
            try (var server = BullaProcess.serve(data)) {
                digest = server.rootSha256();
                assertWhole(server, digest, "before round " + round);
                uploadUntilKilled(server, round, 1 + random.nextInt(UPLOADS));
            }
        }
        try (var server = BullaProcess.serve(data)) {
            assertWhole(server, digest, "at the end");
        }
        assertTrue(acknowledged.size() >= ROUNDS, "uploads were acknowledged");
        assertTrue(acknowledged.size() < ROUNDS * UPLOADS, "and others were cut off; seed " + SEED);
    }

    /** Sends a round's files at once and kills the server after so many acknowledgements. */
    private void uploadUntilKilled(BullaProcess server, int round, int deadly) throws Exception {
        String token = server.adminToken();
        var enough = new CountDownLatch(deadly);
        var uploads = new ArrayList<Future<Integer>>();
        try (var client = HttpClient.newHttpClient();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < UPLOADS; i++) {
                var tiny = Packages.tiny("p-%d-%d".formatted(round, i)).file("x", "round " + round + ", file " + i);
                byte[] bytes = tiny.conda();
                sent.put(tiny.condaName(), bytes);
                var request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/upload/main"))
                        .header("Authorization", "Bearer " + token)
                        .header("X-File-Name", tiny.condaName())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                        .build();
                uploads.add(threads.submit(() -> upload(client, request, tiny.condaName(), enough)));
            }
            boolean reached = enough.await(60, TimeUnit.SECONDS);
            server.kill();
            for (var upload : uploads) {
                int status = upload.get();
                assertTrue(status == CUT_OFF || status == 201, "an upload was answered with " + status);
            }
            assertTrue(reached, "the server acknowledges " + deadly + " uploads within a minute");
        }
    }

    private int upload(HttpClient client, HttpRequest request, String name, CountDownLatch enough)
            throws InterruptedException {
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status == 201) {
                acknowledged.add(name);
                enough.countDown();
            }
            return status;
        } catch (IOException killed) {
            return CUT_OFF; // The server was killed before it answered: then it owes nothing for this file.
        }
    }

    private void assertWhole(BullaProcess server, String digest, String when) throws IOException, InterruptedException {
        String seed = when + ", seed " + SEED;
        var whole = new TreeSet<String>();
        for (var file : sent.entrySet()) {
            var served = server.get("/main/noarch/" + file.getKey());
            assertTrue(Set.of(200, 404).contains(served.statusCode()), file.getKey() + " " + seed);
            if (served.statusCode() == 200) {
                assertArrayEquals(file.getValue(), served.body(), file.getKey() + " " + seed);
                whole.add(file.getKey());
            }
        }
        acknowledged.forEach(name -> assertTrue(whole.contains(name), name + " is lost, " + seed));
        for (String index : List.of("/main/noarch/repodata.json", "/main/libmamba/noarch/repodata.json")) {
            assertEquals(whole, listedOnceIts(whole, server, index), index + " " + seed);
        }
        var verified =
                server.command(temp).run("verify", server.url() + "/main", "--root-sha256", digest, "--artifacts");
        assertEquals(0, verified.status(), verified.out() + verified.err() + seed);
        assertTrue(
                verified.out().contains(": " + whole.size() + " packages verified, 0 failed"), verified.out() + seed);
    }

    /** What an index lists, as soon as it is these names: an index may come some seconds after a start. */
    private static Set<String> listedOnceIts(Set<String> names, BullaProcess server, String path) {
        return Patience.standard().until(() -> listed(server.body(path)), names::equals, () -> {});
    }

    private static Set<String> listed(byte[] repodata) {
        var index = (JsonObject)
                Json.parse(repodata, new JsonLimits(1 << 28, 16, 10_000_000, JsonLimits.Duplicates.REFUSED));
        var records = (JsonObject) index.member("packages.conda").orElseThrow();
        return new TreeSet<>(records.members().keySet());
    }
}
