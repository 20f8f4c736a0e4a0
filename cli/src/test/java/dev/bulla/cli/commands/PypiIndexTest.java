package dev.bulla.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.testkit.Fixtures;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of a server in a process of its own, as a client and an indexer from PyPI read it. */
final class PypiIndexTest {
    private static final List<TinyPackage> PACKAGES = List.of(
            Packages.tiny("plain"),
            Packages.tiny("plain").version("2!1.0.post1+local.7").build("h0_2", 2),
            Packages.tiny("native")
                    .subdir("linux-64")
                    .depends("plain >=1,<3", "__glibc >=2.17")
                    .timestamp(1_700_000_000_000L),
            Packages.tiny("native").subdir("linux-64").version("1.1").field("features", "\"mkl\""),
            Packages.tiny("exports")
                    .info("info/run_exports.json", "{\"weak\": [\"exports >=1\"], \"noarch\": [\"plain\"]}"),
            Packages.tiny("umlaut")
                    .field("license", "\"GPL-3.0-or-later \\u00e4\\ud83d\\ude00\"")
                    .field("license_family", "\"GPL\""),
            Packages.tiny("odd")
                    .field("constrains", "[\"plain <9\"]")
                    .field("track_features", "\"a b\"")
                    .field("unknown_member", "{\"z\": [1, 2.50, null], \"a\": true}"));

    @TempDir
    private static Path data;

    private static BullaProcess server;
    private static Python python;

    @TempDir
    private Path home;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        python = Python.find();
        server = BullaProcess.serve(data);
        for (var tiny : PACKAGES) {
            assertEquals(201, upload(tiny.condaName(), tiny.conda()));
        }
        assertEquals(
                201,
                upload(PACKAGES.getFirst().tarBz2Name(), PACKAGES.getFirst().tarBz2()));
    }

    @BeforeEach
    void requireClients() {
        python.require();
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private static int upload(String fileName, byte[] bytes) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/upload/main"))
                .header("Authorization", "Bearer " + server.adminToken())
                .header("X-File-Name", fileName)
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void rattler_finds_the_same_records_by_shards_and_by_whole_lists() throws IOException, InterruptedException {
        var ended = python.script("same_records.py", home, Map.of(), server.url() + "/main", home.toString());
        assertEquals(0, ended.status(), ended.out());
        assertTrue(ended.out().contains(" in lists, 0 different"), ended.out());
        var log = server.log();
        for (var subdir : List.of("linux-64", "noarch")) {
            assertTrue(log.contains("GET /main/" + subdir + "/shards/"), log);
            assertTrue(log.contains("GET /main/" + subdir + "/repodata.json.zst"), log);
        }
    }

    @Test
    void conda_index_makes_shards_of_the_same_records() throws IOException, InterruptedException {
        var ended = compare();
        assertEquals(0, ended.status(), ended.out());
        assertTrue(ended.out().contains(" records, 0 different"), ended.out());
    }

    @Test
    void conda_index_makes_shards_of_the_same_records_of_real_packages() throws IOException, InterruptedException {
        var accepted = 0;
        try (var files = Files.walk(Fixtures.path("channel"))) {
            for (var file : files.filter(PypiIndexTest::isPackage).sorted().toList()) {
                accepted += upload(file.getFileName().toString(), Files.readAllBytes(file)) == 201 ? 1 : 0;
            }
        }
        assertTrue(accepted > 20, accepted + " packages were taken");
        var ended = compare();
        assertEquals(0, ended.status(), ended.out());
        assertTrue(ended.out().contains(" records, 0 different"), ended.out());
    }

    private Python.Ended compare() throws IOException, InterruptedException {
        return python.script(
                "same_shards.py", home, Map.of(), server.url() + "/main", home.toString(), "linux-64", "noarch");
    }

    private static boolean isPackage(Path file) {
        return file.toString().endsWith(".conda") || file.toString().endsWith(".tar.bz2");
    }
}
