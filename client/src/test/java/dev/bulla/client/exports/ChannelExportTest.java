package dev.bulla.client.exports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.remote.ChannelSimulator;
import dev.bulla.client.remote.ShardSimulator;
import dev.bulla.client.remote.SteppingTimer;
import dev.bulla.conda.name.Label;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.Packages;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChannelExportTest {
    private static final FetchPolicy QUICK =
            new FetchPolicy(Duration.ofSeconds(5), Duration.ofSeconds(5), 1000, 2, Duration.ZERO, null);
    private static final String ZLIB = "noarch/" + ChannelSimulator.ZLIB;

    @TempDir
    private Path home;

    private final SteppingTimer timer = new SteppingTimer();
    private final ChannelSimulator sim = ChannelSimulator.start();
    private final ShardSimulator shards = new ShardSimulator(sim, "noarch");

    ChannelExportTest() {
        shards.publish();
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    private Path folder() {
        return home.resolve("a/b/c");
    }

    private ExportOutcome run() {
        return new ChannelExport(Fetcher.of(sim.url(), QUICK), sim.url(), Label.MAIN, timer.patience())
                .run(folder(), false, ExportListener.SILENT);
    }

    /** The files below the test's folder, by their path in the export; those outside of it fail the test. */
    private Set<String> files() throws IOException {
        var files = new TreeSet<String>();
        try (var walk = Files.walk(home)) {
            for (var file : walk.filter(Files::isRegularFile).toList()) {
                assertTrue(file.startsWith(folder()), "written outside: " + file);
                files.add(folder().relativize(file).toString());
            }
        }
        return files;
    }

    private void assertRefused(Code code) throws IOException {
        var refusal = assertThrows(ProblemException.class, this::run);
        assertEquals(code, refusal.problem().code(), refusal.getMessage());
        assertTrue(Set.of(".bulla-export.json", ZLIB).containsAll(files()), () -> "written though refused");
    }

    private void publish() {
        sim.publish();
        shards.read();
        shards.publish();
    }

    @Test
    void an_honest_channel_is_there_with_all_its_files() throws IOException {
        assertEquals(1, run().fetched());
        var shard = shards.path("zlib").substring("/main/".length());
        assertEquals(
                Set.of(
                        ".bulla-export.json",
                        "content-trust/1.root.json",
                        "content-trust/key_mgr.json",
                        "libmamba/1.root.json",
                        "libmamba/key_mgr.json",
                        "libmamba/pkg_mgr.json",
                        "libmamba/noarch/repodata.json",
                        "libmamba/" + ZLIB,
                        "noarch/repodata.json",
                        "noarch/repodata_shards.msgpack.zst",
                        shard,
                        ZLIB),
                files());
        assertEquals(0, run().fetched());
        assertEquals(0, run().otherFiles());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../evil-1.0-0.conda",
                "/tmp/evil-1.0-0.conda",
                "..\\\\evil-1.0-0.conda",
                "below/evil-1.0-0.conda",
                "evil-1.0-../../0.conda",
                "evil-1.0-0.conda/..",
                "%2e%2e%2fevil-1.0-0.conda",
                "evil-1.0-0\\u0000.conda",
                "repodata.json",
                ".bulla-export.json",
                "..",
                ""
            })
    void a_file_name_that_is_none_of_a_package_is_refused(String name) throws IOException {
        for (var view : Dialect.values()) {
            sim.tamper(view, "noarch", index -> index.replace(ChannelSimulator.ZLIB, name));
        }
        assertRefused(Code.NAME_INVALID);
    }

    @Test
    void so_is_one_in_the_newest_kind_of_records() throws IOException {
        var zlib = Objects.requireNonNull(sim.records("noarch").get(ChannelSimulator.ZLIB));
        var v3 = JsonObject.of("conda", JsonObject.of("../../../evil-1.0-0", zlib));
        shards.change("zlib", shard -> shard.with("v3", v3));
        shards.publish();
        assertRefused(Code.NAME_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../", "/tmp/", "https://elsewhere.example/", "./shards/../../", "repodata.json/"})
    void shards_and_artifacts_in_another_place_are_refused(String place) throws IOException {
        shards.info("shards_base_url", new JsonString(place));
        shards.publish();
        assertRefused(Code.RECORD_MISMATCH);
        shards.info("shards_base_url", new JsonString("./shards/"));
        shards.info("base_url", new JsonString(place));
        shards.publish();
        assertRefused(Code.RECORD_MISMATCH);
    }

    @Test
    void subdirs_with_names_that_lead_elsewhere_are_none() throws IOException {
        sim.add(Packages.tiny("own"), "own-1");
        publish();
        sim.nameSubdirs("../../..", "noarch/../..", "/tmp", "content-trust", "libmamba", "", "own-1");
        assertEquals(2, run().packages());
        assertTrue(files().contains("own-1/own-1.0-0.conda"));
    }

    @Test
    void an_artifact_with_other_bytes_is_not_written() throws IOException {
        var other = sim.artifact(ZLIB);
        other[0]++;
        sim.server().put("/main/" + ZLIB, other);
        assertRefused(Code.ARTIFACT_CHANGED);
        assertFalse(files().contains(ZLIB));
    }

    @Test
    void an_artifact_without_an_end_is_read_no_further_than_its_record_says() throws IOException {
        sim.server().handle("/main/" + ZLIB, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            if (exchange.getRequestMethod().equals("GET")) {
                var more = new byte[1 << 16];
                while (!Thread.currentThread().isInterrupted()) {
                    exchange.getResponseBody().write(more);
                }
            }
        });
        assertRefused(Code.SERVER_ANSWER_BAD);
    }

    @Test
    void a_shard_with_other_bytes_is_refused() throws IOException {
        sim.server().put(shards.path("zlib"), "other".getBytes(UTF_8));
        assertRefused(Code.RECORD_MISMATCH);
    }

    @Test
    void a_record_without_a_digest_is_refused() throws IOException {
        sim.tamper(Dialect.CONDA, "noarch", index -> index.replace("\"sha256\"", "\"sha257\""));
        assertRefused(Code.REPODATA_INVALID);
    }

    @Test
    void what_changes_meanwhile_is_looked_at_again() throws IOException {
        sim.server().handle("/main/" + ZLIB, exchange -> {
            sim.server().heal("/main/" + ZLIB);
            sim.add(Packages.tiny("late"), "noarch");
            publish();
            var bytes = sim.artifact(ZLIB);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
        var outcome = run();
        assertEquals(2, outcome.packages());
        assertEquals(2, outcome.fetched());
        assertEquals(1, timer.pauses());
        assertArrayEquals(
                sim.server().get("/main/noarch/repodata.json"),
                Files.readAllBytes(folder().resolve("noarch/repodata.json")));
    }

    @Test
    void lists_that_are_behind_the_shards_are_waited_for() throws IOException {
        var json = sim.server().get("/main/noarch/repodata.json");
        sim.add(Packages.tiny("late"), "noarch");
        publish();
        var newer = sim.server().get("/main/noarch/repodata.json");
        sim.server().put("/main/noarch/repodata.json", json);
        timer.atPause(3, () -> sim.server().put("/main/noarch/repodata.json", newer));
        assertEquals(2, run().packages());
        assertEquals(3, timer.pauses());
    }

    @Test
    void lists_that_never_agree_end_it_after_some_looks() throws IOException {
        sim.tamper(Dialect.LIBMAMBA, "noarch", index -> index.replace("\"build_number\":0", "\"build_number\":1"));
        assertRefused(Code.SERVER_ANSWER_BAD);
        assertEquals(15, timer.pauses());
    }

    @Test
    void a_link_in_the_folder_is_not_followed() throws IOException {
        run();
        var elsewhere = Files.createDirectories(home.resolve("elsewhere"));
        Files.move(folder().resolve("noarch"), home.resolve("a/moved"));
        Files.createSymbolicLink(folder().resolve("noarch"), elsewhere);
        var refusal = assertThrows(ProblemException.class, this::run);
        assertEquals(Code.DISK_ERROR, refusal.problem().code());
        assertTrue(
                refusal.problem().detail().contains("is a link to elsewhere"),
                refusal.problem().detail());
        try (var files = Files.list(elsewhere)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void old_shards_stay_as_long_as_the_index_before_names_them() throws IOException {
        run();
        var first = shards.path("zlib").substring("/main/".length());
        shards.change("zlib", shard -> shard.with("removed", JsonArray.ofStrings(List.of("old-1.0-0.conda"))));
        shards.publish();
        run();
        var second = shards.path("zlib").substring("/main/".length());
        assertTrue(files().containsAll(Set.of(first, second)), files().toString());
        run();
        assertFalse(files().contains(first));
        assertTrue(files().contains(second));
    }
}
