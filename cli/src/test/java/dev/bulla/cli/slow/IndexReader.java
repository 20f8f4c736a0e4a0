package dev.bulla.cli.slow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.cli.slow.Changes.Unit;
import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One who reads index files of any form, again and again, as a client with a cache does. Whatever it gets must be whole,
 * of one generation, and no older than what was acknowledged before it asked. Not safe to share.
 */
final class IndexReader {
    private static final String SHARD_INDEX = "repodata_shards.msgpack.zst";

    private final HttpClient http;
    private final String url;
    private final SeenIndexes seen;
    private final IntSupplier acknowledged;
    private final IntSupplier begun;
    private final Random random;
    private final Map<String, Kept> kept = new HashMap<>();
    private final List<String> shards = new ArrayList<>();

    /** Counts every answer, and those that were 304. */
    private final AtomicInteger reads;

    private final AtomicInteger unchanged;

    /** What a client remembers of an address: the tag, and the change that its body was made after. */
    private record Kept(String tag, int change) {}

    /** What all readers read from, and count in. */
    record Shared(
            HttpClient http,
            String url,
            SeenIndexes seen,
            IntSupplier acknowledged,
            IntSupplier begun,
            AtomicInteger reads,
            AtomicInteger unchanged) {}

    IndexReader(Shared shared, Random random) {
        this.http = shared.http();
        this.url = shared.url();
        this.seen = shared.seen();
        this.acknowledged = shared.acknowledged();
        this.begun = shared.begun();
        this.reads = shared.reads();
        this.unchanged = shared.unchanged();
        this.random = random;
    }

    /** Reads one file, with what belongs to it. */
    void readOne() throws IOException, InterruptedException {
        var unit = random.nextBoolean() ? Unit.MAIN : Unit.DEV;
        switch (random.nextInt(9)) {
            case 0, 1 -> list(unit, unit.folder + "repodata.json", oneOf("", "gzip", "zstd"));
            case 2 -> list(unit, unit.folder + "repodata.json.zst", "");
            case 3 -> list(unit, unit.libmamba + "repodata.json", oneOf("", "gzip", "zstd"));
            case 4 -> list(unit, unit.libmamba + "repodata.json.zst", "");
            case 5, 6 -> shardIndex(unit);
            case 7 -> list(unit, oneOf(unit.folder, unit.libmamba) + "run_exports.json" + oneOf("", ".zst"), "");
            default -> shard(unit);
        }
    }

    private String oneOf(String... words) {
        return words[random.nextInt(words.length)];
    }

    private void list(Unit unit, String path, String coding) throws IOException, InterruptedException {
        read(unit, path, coding, (body, answered) -> seen.list(unit, path, answered, body, Packages.sha256(body)));
    }

    private void shardIndex(Unit unit) throws IOException, InterruptedException {
        read(unit, unit.folder + SHARD_INDEX, "", (body, answered) -> {
            SeenIndexes.digests(body).values().stream()
                    .skip(random.nextInt(Changes.PACKAGES))
                    .findFirst()
                    .ifPresent(sha256 -> shards.add(unit.folder + "shards/" + sha256));
            return seen.shardIndex(
                    unit, body, Packages.sha256(body), sha256 -> getShard(unit.folder + "shards/" + sha256));
        });
    }

    /** A shard that some index has named, perhaps one that none names any more. */
    private void shard(Unit unit) throws IOException, InterruptedException {
        if (shards.isEmpty()) {
            shardIndex(unit);
            return;
        }
        var address = shards.get(random.nextInt(shards.size()));
        seen.shard(address.substring(address.lastIndexOf('/') + 1), getShard(address));
    }

    private byte[] getShard(String address) throws IOException, InterruptedException {
        var answer = send(address + ".msgpack.zst");
        assertEquals(200, answer.statusCode(), address);
        return answer.body();
    }

    /** Checks a body that came in this coding; returns the change it was made after. */
    @FunctionalInterface
    private interface Check {
        int of(byte[] body, String coding) throws IOException, InterruptedException;
    }

    private void read(Unit unit, String path, String coding, Check check) throws IOException, InterruptedException {
        var headers = new ArrayList<String>();
        if (!coding.isEmpty()) {
            headers.addAll(List.of("Accept-Encoding", coding));
        }
        var cached = random.nextBoolean() ? kept.get(path + coding) : null;
        if (cached != null) {
            headers.addAll(List.of("If-None-Match", cached.tag()));
        } else if (random.nextInt(8) == 0) {
            addForeignTag(path + coding, headers);
        }
        var atLeast = unit.lastOf(acknowledged.getAsInt());
        var answer = send(path, headers.toArray(String[]::new));
        var atMost = unit.lastOf(begun.getAsInt());
        if (answer.statusCode() == 304) {
            assertStillRight(path, cached, atLeast);
            return;
        }
        assertEquals(200, answer.statusCode(), path);
        var change = check.of(answer.body(), coding(answer));
        assertTrue(
                change >= atLeast && change <= atMost,
                () -> path + " is as of change " + change + ", expected " + atLeast + " to " + atMost);
        keep(path, coding, answer, change);
    }

    private void assertStillRight(String path, @Nullable Kept cached, int atLeast) {
        if (cached == null) {
            throw new AssertionError(path + " was answered with 304 to the tag of another file");
        }
        if (cached.change() < atLeast) {
            throw new AssertionError("a false 304: " + path + " is cached as of change " + cached.change() + ", "
                    + atLeast + " was acknowledged before");
        }
        unchanged.incrementAndGet();
    }

    private void keep(String path, String coding, HttpResponse<byte[]> answer, int change) {
        var tag = answer.headers().firstValue("ETag");
        assertNotEquals(path.contains("/libmamba/"), tag.isPresent(), path);
        tag.ifPresent(text -> {
            seen.tag(text, path, coding(answer), Packages.sha256(answer.body()));
            kept.put(path + coding, new Kept(text, change));
        });
    }

    private static String coding(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("Content-Encoding").orElse("");
    }

    /** The newest tag of another file, as some clients send it. */
    private void addForeignTag(String key, List<String> headers) {
        kept.entrySet().stream()
                .filter(other -> !other.getKey().equals(key))
                .skip(random.nextInt(1 + kept.size()))
                .findFirst()
                .ifPresent(other ->
                        headers.addAll(List.of("If-None-Match", other.getValue().tag())));
    }

    /** An answer whose body is shorter than it was announced throws. */
    private HttpResponse<byte[]> send(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        if (headers.length > 0) {
            request.headers(headers);
        }
        reads.incrementAndGet();
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
