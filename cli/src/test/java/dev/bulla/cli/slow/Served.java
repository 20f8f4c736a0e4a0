package dev.bulla.cli.slow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;
import dev.bulla.cli.commands.BullaProcess;
import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.update.Pin;
import dev.bulla.client.update.Updater;
import dev.bulla.client.verify.ChannelVerifier;
import dev.bulla.client.verify.VerifyListener;
import dev.bulla.client.verify.VerifyOptions;
import dev.bulla.testkit.Packages;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.function.ThrowingSupplier;

/**
 * What a server shows of {@code main/noarch}, and what is in its folder: all of it must tell the same story. For folders
 * in which nothing but small noarch packages was ever published.
 */
record Served(BullaProcess server) {
    private static final JsonLimits LARGE = new JsonLimits(256 << 20, 16, 1 << 24, JsonLimits.Duplicates.REFUSED);

    /** Each file name in the index with its SHA-256, once everything was found to be whole. */
    Map<String, String> whole() throws Exception {
        Map<String, String> index = index();
        assertVerified(index.size());
        assertNothingLeft(new HashSet<>(index.values()));
        return index;
    }

    /** The index, the same in both views and both forms. */
    Map<String, String> index() throws Exception {
        Map<String, String> first = index(get("/main/noarch/repodata.json"));
        assertEquals(first, index(unpacked(get("/main/noarch/repodata.json.zst"))), "repodata.json.zst");
        assertEquals(first, index(get("/main/libmamba/noarch/repodata.json")), "libmamba repodata.json");
        assertEquals(
                first, index(unpacked(get("/main/libmamba/noarch/repodata.json.zst"))), "libmamba repodata.json.zst");
        return first;
    }

    /** Returns once the lists of both views, which follow a moment after the answers, show this and nothing else. */
    void awaitListed(Map<String, String> expected) throws Exception {
        for (String view : List.of("/main", "/main/libmamba")) {
            await(
                    expected.size() + " packages in the list of " + view,
                    () -> expected.equals(index(get(view + "/noarch/repodata.json"))));
        }
    }

    private static Map<String, String> index(byte[] repodata) {
        var root = (JsonObject) Json.parse(repodata, LARGE);
        var signed = (JsonObject) root.member("signatures").orElse(JsonObject.empty());
        var records = (JsonObject) root.member("packages.conda").orElseThrow();
        assertEquals(records.members().keySet(), signed.members().keySet(), "a signature for each record");
        var found = new TreeMap<String, String>();
        records.members().forEach((name, record) -> found.put(name, sha256((JsonObject) record)));
        return found;
    }

    private static String sha256(JsonObject record) {
        return ((JsonString) record.member("sha256").orElseThrow()).value();
    }

    private byte[] get(String path) throws Exception {
        var answer = server.get(path);
        assertEquals(200, answer.statusCode(), path);
        return answer.body();
    }

    private static byte[] unpacked(byte[] zst) throws IOException {
        try (var in = new ZstdInputStream(new ByteArrayInputStream(zst))) {
            return in.readAllBytes();
        }
    }

    /** Every record has a good signature in either view, every artifact is served and is what its record says. */
    private void assertVerified(int packages) throws IOException {
        var url = ChannelUrl.parse(server.url() + "/main");
        var fetcher = Fetcher.of(url, FetchPolicy.standard());
        Path state = Files.createTempDirectory("bulla-trust-");
        try {
            var trust = new Updater(fetcher, url, state, Instant.now())
                    .update(new Pin.Digest(server.rootSha256()), EnumSet.allOf(Dialect.class));
            var options = VerifyOptions.standard().withArtifacts(true);
            var report = new ChannelVerifier(fetcher, trust).verify(options, VerifyListener.SILENT);
            assertTrue(report.isTrusted(), () -> report.failures().toString());
            assertEquals(packages, report.verified());
        } finally {
            deleteTree(state);
        }
    }

    /** In the folder are the blobs with these digests, one generation of each index, and nothing that was begun. */
    private void assertNothingLeft(Set<String> sha256s) throws IOException {
        assertEquals(Set.of(), names(server.folder().resolve("incoming")), "incoming/");
        assertEquals(new TreeSet<>(sha256s), blobs(server.folder()), "blobs/");
        try (var all = Files.walk(server.folder())) {
            assertEquals(
                    List.of(),
                    all.filter(file -> file.toString().matches(".*(\\.new|\\.pending|/building)"))
                            .toList());
        }
        try (var subdirs = Files.list(server.folder().resolve("index/main"))) {
            for (Path subdir : subdirs.toList()) {
                for (String view : List.of("conda", "libmamba")) {
                    assertEquals(1, names(subdir.resolve(view)).size(), () -> view + " generations in " + subdir);
                }
            }
        }
    }

    /** The digests of all blobs that a folder keeps. */
    static Set<String> blobs(Path folder) throws IOException {
        try (var all = Files.walk(folder.resolve("blobs"))) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    static Set<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    static void deleteTree(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path file : all.toList().reversed()) {
                Files.delete(file);
            }
        }
    }

    /** The package is served with these very bytes, or, when the index does not name it, is not there at all. */
    void assertWholeOrAbsent(String fileName, byte[] bytes, Map<String, String> index) throws Exception {
        var answer = server.get("/main/noarch/" + fileName);
        assertEquals(index.containsKey(fileName) ? 200 : 404, answer.statusCode(), fileName);
        assertEquals(
                answer.statusCode(),
                server.get("/main/libmamba/noarch/" + fileName).statusCode(),
                fileName);
        if (answer.statusCode() == 200) {
            String sha256 = Packages.sha256(bytes);
            assertEquals(sha256, Packages.sha256(answer.body()), fileName);
            assertEquals(sha256, index.get(fileName), fileName);
        }
    }

    /** Waits until this is true; looks again as soon as it was false. */
    static void await(String what, ThrowingSupplier<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        try {
            while (!condition.get()) {
                assertTrue(System.nanoTime() < deadline, () -> "it never came about: " + what);
            }
        } catch (Exception | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new AssertionError(what, failure);
        }
    }
}
