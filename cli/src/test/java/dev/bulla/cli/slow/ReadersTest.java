package dev.bulla.cli.slow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.cli.commands.BullaProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sixteen readers of every form of a subdir's index while it changes: nothing that they get is of two generations, cut
 * short or older than what was acknowledged. {@code -Dbulla.reads=N} says how many files they read, 50,000 unless it is
 * given; the promotions are spread over them. {@code -Dbulla.seed=N} repeats a run's choices.
 */
@Tag("slow")
final class ReadersTest {
    private static final int READERS = 16;
    private static final int PROMOTIONS = 1000;
    private static final int READS = Integer.getInteger("bulla.reads", 50_000);

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger unchanged = new AtomicInteger();

    /** How many promotions have had their time. */
    private final AtomicInteger released = new AtomicInteger();

    /** A permit for each promotion whose time has come. */
    private final Semaphore due = new Semaphore(0);

    private final AtomicBoolean failed = new AtomicBoolean();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path data;

    @Test
    @Timeout(value = 90, unit = TimeUnit.MINUTES)
    void readers_see_whole_generations_while_packages_are_promoted_labelled_and_yanked() throws Exception {
        var seed = Long.getLong("bulla.seed", System.nanoTime());
        try (var server = BullaProcess.serveForWork(data);
                http) {
            for (var file = 0; file < Changes.PACKAGES; file++) {
                assertEquals(201, publish(server, file, "main"));
                assertEquals(200, publish(server, file, "dev"));
            }
            var seen = new SeenIndexes();
            var shared =
                    new IndexReader.Shared(http, server.url(), seen, acknowledged::get, begun::get, reads, unchanged);
            run(server, shared, seed);
            System.err.printf(
                    "%d reads by %d readers, %d of them answered with 304, of %d different bodies, during %d promotions%n",
                    reads.get(), READERS, unchanged.get(), seen.bodies(), acknowledged.get() / Changes.OF_A_PROMOTION);
            assertEquals(PROMOTIONS * Changes.OF_A_PROMOTION, acknowledged.get());
            assertTrue(reads.get() >= READS);
            assertTrue(unchanged.get() > 0, "some cached copies were still right");
            assertTrue(seen.bodies() > PROMOTIONS, () -> seen.bodies() + " different bodies were read");
        } catch (Exception | AssertionError failure) {
            throw new AssertionError("with -Dbulla.seed=" + seed + ": " + failure.getMessage(), failure);
        }
    }

    private void run(BullaProcess server, IndexReader.Shared shared, long seed)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(READERS + 1)) {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (var reader = 0; reader < READERS; reader++) {
                var one = new IndexReader(shared, new Random(seed + reader));
                tasks.add(() -> orFail(() -> read(one)));
            }
            tasks.add(() -> orFail(() -> promote(server)));
            for (var task : threads.invokeAll(tasks)) {
                task.get();
            }
        }
    }

    /** What one of them does. */
    @FunctionalInterface
    private interface Part {
        void run() throws Exception;
    }

    /** The first that fails ends all. */
    private boolean orFail(Part part) throws Exception {
        try {
            part.run();
            return true;
        } catch (Exception | Error failure) {
            failed.set(true);
            due.release(PROMOTIONS);
            throw failure;
        }
    }

    private void read(IndexReader reader) throws IOException, InterruptedException {
        while (!failed.get() && (reads.get() < READS || acknowledged.get() < PROMOTIONS * Changes.OF_A_PROMOTION)) {
            reader.readOne();
            var now = (int) Math.min(PROMOTIONS, (long) reads.get() * PROMOTIONS / READS);
            due.release(Math.max(0, now - released.getAndAccumulate(now, Math::max)));
        }
    }

    private void promote(BullaProcess server) throws IOException, InterruptedException {
        for (var promotion = 0; promotion < PROMOTIONS; promotion++) {
            due.acquire();
            if (failed.get()) {
                return;
            }
            var file = Changes.PACKAGES + promotion;
            begun.incrementAndGet();
            assertEquals(201, publish(server, file, "main"));
            acknowledged.incrementAndGet();
            begun.incrementAndGet();
            assertEquals(200, publish(server, file, "dev"));
            acknowledged.incrementAndGet();
            begun.incrementAndGet();
            assertEquals(200, yank(server, promotion));
            acknowledged.incrementAndGet();
        }
    }

    private int publish(BullaProcess server, int file, String label) throws IOException, InterruptedException {
        var tiny = Changes.file(file);
        return post(server, "upload/main?label=" + label, tiny.condaName(), tiny.conda());
    }

    private int yank(BullaProcess server, int file) throws IOException, InterruptedException {
        var asked =
                "{\"subdir\":\"noarch\",\"file_name\":\"" + Changes.file(file).condaName() + "\",\"reason\":\"over\"}";
        return post(server, "channels/main/yank", "", asked.getBytes(StandardCharsets.UTF_8));
    }

    private int post(BullaProcess server, String address, String fileName, byte[] body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/" + address))
                .header("Authorization", "Bearer " + server.adminToken())
                .POST(BodyPublishers.ofByteArray(body));
        if (!fileName.isEmpty()) {
            request.header("X-File-Name", fileName);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
