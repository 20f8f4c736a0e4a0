package dev.bulla.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
    private static final int UPLOADS = 60;
    private static final String INDEX = "/main/noarch/repodata.json";

    @TempDir
    private Path folder;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.in(folder);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void every_acknowledged_upload_is_served_and_indexed_when_the_answer_comes()
            throws InterruptedException, ExecutionException {
        var tasks = new ArrayList<Callable<Boolean>>();
        for (int number = 0; number < UPLOADS; number++) {
            var made = Packages.tiny("package" + number);
            tasks.add(() -> isPublishedAndSeen(made));
        }
        assertEquals(UPLOADS, all(tasks).stream().filter(seen -> seen).count());
    }

    @Test
    void of_many_files_of_one_name_exactly_one_wins() throws IOException, InterruptedException, ExecutionException {
        var candidates = IntStream.range(0, 16)
                .mapToObj(number -> Packages.tiny("zlib").file("share/number", "number " + number))
                .toList();
        var name = candidates.getFirst().condaName();
        var tasks = candidates.stream()
                .map(made -> (Callable<Integer>)
                        () -> server.upload(name, made.conda()).statusCode())
                .toList();
        var statuses = all(tasks);
        assertEquals(1, statuses.stream().filter(status -> status == 201).count(), statuses.toString());
        assertEquals(15, statuses.stream().filter(status -> status == 409).count(), statuses.toString());
        var winner = candidates.get(statuses.indexOf(201));
        assertArrayEquals(winner.conda(), server.get("/main/noarch/" + name).body());
    }

    @Test
    void an_index_is_never_seen_half_written() throws InterruptedException, ExecutionException {
        var tasks = new ArrayList<Callable<Boolean>>();
        for (int number = 0; number < 20; number++) {
            var made = Packages.tiny("package" + number);
            tasks.add(() -> isPublishedAndSeen(made));
            tasks.add(this::isIndexWhole);
            tasks.add(this::isIndexWhole);
        }
        assertTrue(all(tasks).stream().allMatch(good -> good));
    }

    private boolean isPublishedAndSeen(TinyPackage made) throws IOException, InterruptedException {
        var response = server.upload(made.condaName(), made.conda());
        assertEquals(201, response.statusCode(), RunningServer.text(response));
        assertArrayEquals(
                made.conda(), server.get("/main/noarch/" + made.condaName()).body());
        return RunningServer.text(server.getSettled(INDEX)).contains("\"" + made.condaName() + "\"");
    }

    private boolean isIndexWhole() throws IOException, InterruptedException {
        var response = server.get(INDEX);
        var again = server.get(
                INDEX, "If-None-Match", response.headers().firstValue("ETag").orElseThrow());
        assertTrue(again.statusCode() == 304 || again.statusCode() == 200);
        return RunningServer.text(response).startsWith("{")
                && RunningServer.text(response).endsWith("}");
    }

    private static <T> List<T> all(List<Callable<T>> tasks) throws InterruptedException, ExecutionException {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (Future<T> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
