package dev.bulla.server.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.conda.shards.Shard;
import dev.bulla.conda.shards.ShardIndex;
import dev.bulla.conda.shards.ShardLimits;
import dev.bulla.server.RunningServer;
import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges and conditions as clients send them, each case by its name, against one published package. */
class ServingTest {
    private static final byte[] ARCHIVE = Packages.tiny("zlib").conda();
    private static final String FILE = Packages.tiny("zlib").condaName();
    private static final String ARTIFACT = "/main/noarch/" + FILE;
    private static final String INDEX = "/main/noarch/repodata.json";
    private static final int LENGTH = ARCHIVE.length;
    private static final String OLD = "Thu, 01 Jan 2015 00:00:00 GMT";
    private static final String FUTURE = "Fri, 01 Jan 2100 00:00:00 GMT";

    @TempDir
    private static Path folder;

    private static RunningServer server;
    private static String etag;
    private static String modified;

    @BeforeAll
    static void publish() throws IOException, InterruptedException {
        server = RunningServer.in(folder);
        assertEquals(201, server.upload(FILE, ARCHIVE).statusCode());
        server.channels().settle(); // an index that changes between two requests is another test's matter
        var response = server.get(ARTIFACT);
        etag = header(response, "ETag");
        modified = header(response, "Last-Modified");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    /** What is asked in {@code headers}; {@code ETAG} and {@code DATE} in them stand for the artifact's own. */
    record Case(String name, List<String> headers, int status, int from, int to) {
        static Case full(String name, String... headers) {
            return new Case(name, List.of(headers), 200, 0, LENGTH);
        }

        static Case part(String name, int from, int to, String... headers) {
            return new Case(name, List.of(headers), 206, from, to);
        }

        static Case without(String name, int status, String... headers) {
            return new Case(name, List.of(headers), status, 0, 0);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        return List.of(
                Case.full("plain"),
                Case.part("the first byte", 0, 1, "Range", "bytes=0-0"),
                Case.part("resumed", 100, LENGTH, "Range", "bytes=100-"),
                Case.part("in the middle", 10, 20, "Range", "bytes=10-19"),
                Case.part("suffix", LENGTH - 64, LENGTH, "Range", "bytes=-64"),
                Case.part("suffix longer than the file", 0, LENGTH, "Range", "bytes=-1000000"),
                Case.part("end beyond the file", 5, LENGTH, "Range", "bytes=5-100000000"),
                Case.full("several ranges", "Range", "bytes=0-1,4-5"),
                Case.full("another unit", "Range", "lines=0-1"),
                Case.full("end before start", "Range", "bytes=9-3"),
                Case.without("start beyond the file", 416, "Range", "bytes=100000000-"),
                Case.without("suffix of nothing", 416, "Range", "bytes=-0"),
                Case.part("If-Range with the ETag", 3, LENGTH, "Range", "bytes=3-", "If-Range", "ETAG"),
                Case.full("If-Range with a weak ETag", "Range", "bytes=3-", "If-Range", "W/ETAG"),
                Case.full("If-Range with another ETag", "Range", "bytes=3-", "If-Range", "\"other\""),
                Case.part("If-Range with the date", 3, LENGTH, "Range", "bytes=3-", "If-Range", "DATE"),
                Case.full("If-Range with an older date", "Range", "bytes=3-", "If-Range", OLD),
                Case.full("If-Range with a newer date", "Range", "bytes=3-", "If-Range", FUTURE),
                Case.full("If-Range without Range", "If-Range", "\"other\""),
                Case.without("If-None-Match with the ETag", 304, "If-None-Match", "ETAG"),
                Case.without("If-None-Match with the weak ETag", 304, "If-None-Match", "W/ETAG"),
                Case.without("If-None-Match with a list", 304, "If-None-Match", "\"x\", ETAG"),
                Case.without("If-None-Match with a star", 304, "If-None-Match", "*"),
                Case.full("If-None-Match with another ETag", "If-None-Match", "\"x\""),
                Case.without("both arrive and both hold", 304, "If-None-Match", "ETAG", "If-Modified-Since", "DATE"),
                Case.without(
                        "the ETag holds, the date does not", 304, "If-None-Match", "ETAG", "If-Modified-Since", OLD),
                Case.full("the date holds, the ETag does not", "If-None-Match", "\"x\"", "If-Modified-Since", FUTURE),
                Case.without("If-Modified-Since with the date", 304, "If-Modified-Since", "DATE"),
                Case.without("If-Modified-Since with a newer date", 304, "If-Modified-Since", FUTURE),
                Case.full("If-Modified-Since with an older date", "If-Modified-Since", OLD),
                Case.full("If-Modified-Since that is no date", "If-Modified-Since", "yesterday"),
                Case.without("304 goes before a range", 304, "If-None-Match", "ETAG", "Range", "bytes=0-3"),
                Case.without("304 goes before a bad range", 304, "If-None-Match", "ETAG", "Range", "bytes=-0"),
                Case.part("If-Match that holds", 0, 4, "If-Match", "ETAG", "Range", "bytes=0-3"),
                Case.without("If-Match that fails", 412, "If-Match", "\"x\""),
                Case.without("If-Match is strong", 412, "If-Match", "W/ETAG"),
                Case.full("If-Unmodified-Since that holds", "If-Unmodified-Since", "DATE"),
                Case.without("If-Unmodified-Since that fails", 412, "If-Unmodified-Since", OLD));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_request_gets_the_bytes_that_its_headers_ask_for(Case asked) throws IOException, InterruptedException {
        var response = server.get(ARTIFACT, substituted(asked.headers()));
        assertEquals(asked.status(), response.statusCode());
        switch (asked.status()) {
            case 200 -> assertArrayEquals(ARCHIVE, response.body());
            case 206 -> {
                assertArrayEquals(Arrays.copyOfRange(ARCHIVE, asked.from(), asked.to()), response.body());
                assertEquals(
                        "bytes " + asked.from() + "-" + (asked.to() - 1) + "/" + LENGTH,
                        header(response, "Content-Range"));
                assertEquals(etag, header(response, "ETag"));
            }
            case 304 -> {
                assertEquals(0, response.body().length);
                assertEquals(etag, header(response, "ETag"));
                assertTrue(header(response, "Cache-Control").contains("immutable"));
            }
            case 416 -> assertEquals("bytes */" + LENGTH, header(response, "Content-Range"));
            default -> assertEquals(412, response.statusCode());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void head_answers_like_get_but_for_ranges(Case asked) throws IOException, InterruptedException {
        var head = server.send("HEAD", ARTIFACT, substituted(asked.headers()));
        boolean rangeMatters = asked.status() == 206 || asked.status() == 416;
        assertEquals(rangeMatters ? 200 : asked.status(), head.statusCode());
        assertEquals(0, head.body().length);
        if (head.statusCode() == 200) {
            assertEquals(Integer.toString(LENGTH), header(head, "Content-Length"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/main/noarch/repodata.json",
                "/main/noarch/repodata.json.zst",
                "/main/linux-64/repodata.json",
                "/main/noarch/repodata_shards.msgpack.zst",
                "/main/linux-64/repodata_shards.msgpack.zst",
                "/main/label/main/noarch/repodata_shards.msgpack.zst",
                "/main/label/main/noarch/repodata.json",
                "/main/content-trust/1.root.json",
                "/main/content-trust/key_mgr.json",
                "/main/libmamba/1.root.json",
                "/main/libmamba/key_mgr.json",
                "/main/libmamba/pkg_mgr.json",
                "/main/libmamba/label/main/1.root.json",
                "/main/libmamba/label/main/pkg_mgr.json",
                "/t/*****/main/libmamba/key_mgr.json",
                "/t/whatever/main/noarch/repodata.json"
            })
    void what_is_served_has_validators_and_head_is_get_without_the_bytes(String path)
            throws IOException, InterruptedException {
        var get = server.get(path);
        assertEquals(200, get.statusCode());
        assertTrue(header(get, "ETag").matches("\"[!-~&&[^\"]]+\""), header(get, "ETag"));
        assertFalse(header(get, "Last-Modified").isEmpty());
        assertFalse(header(get, "Cache-Control").isEmpty());
        assertEquals("bytes", header(get, "Accept-Ranges"));
        assertEquals(Integer.toString(get.body().length), header(get, "Content-Length"));
        assertFalse(get.headers().map().containsKey("content-encoding"));
        var head = server.send("HEAD", path);
        assertEquals(200, head.statusCode());
        assertEquals(0, head.body().length);
        assertEquals(comparable(get), comparable(head));
        assertEquals(304, server.get(path, "If-None-Match", header(get, "ETag")).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/main",
                "/main/",
                "/main/noarch",
                "/main/noarch/",
                "/main/noarch/nothing-1.0-0.conda",
                "/main/noarch/notaname.conda",
                "/main/linux-64/FILE",
                "/main/noarch/current_repodata.json",
                "/main/noarch/repodata.json.bz2",
                "/main/libmamba/noarch/repodata_shards.msgpack.zst",
                "/main/noarch/shards/0000000000000000000000000000000000000000000000000000000000000000.msgpack.zst",
                "/main/noarch/shards/x",
                "/main/noarch/shards/",
                "/main/label/other/noarch/repodata_shards.msgpack.zst",
                "/main/beos-68k/repodata.json",
                "/main/NOARCH/repodata.json",
                "/main/key_mgr.json",
                "/main/content-trust/2.root.json",
                "/main/content-trust/0.root.json",
                "/main/content-trust/01.root.json",
                "/main/content-trust/pkg_mgr.json",
                "/main/libmamba/2.root.json",
                "/main/libmamba/label/other/1.root.json",
                "/main/label/other/noarch/repodata.json",
                "/nochannel/noarch/repodata.json",
                "/admin-token",
                "/keys/root",
                "/api",
                "/api/v1/nothing",
                "/api/v1/upload",
                "/t/abc",
                "/favicon.ico"
            })
    void what_is_not_there_is_404_with_a_code_and_nobody_keeps_it(String path)
            throws IOException, InterruptedException {
        var response = server.get(path.replace("FILE", FILE));
        assertEquals(404, response.statusCode());
        assertEquals("application/problem+json", header(response, "Content-Type"));
        assertEquals("no-store", header(response, "Cache-Control"));
        assertTrue(RunningServer.text(response).matches("\\{\"code\":\"(not_here|channel_unknown)\",.*"));
        assertEquals(404, server.send("HEAD", path.replace("FILE", FILE)).statusCode());
    }

    @Test
    void a_shard_is_found_through_its_index_and_may_be_kept_for_ever() throws IOException, InterruptedException {
        var index = server.get("/main/noarch/repodata_shards.msgpack.zst");
        assertEquals("public, max-age=60", header(index, "Cache-Control"));
        assertEquals("application/zstd", header(index, "Content-Type"));
        var shards = ShardIndex.parse(index.body(), ShardLimits.DEFAULT).shards();
        var sha256 = HexFormat.of().formatHex(shards.hash("zlib").orElseThrow());

        for (var place : List.of("/main/noarch", "/main/label/main/noarch", "/t/whatever/main/noarch")) {
            var path = place + "/shards/" + sha256 + ".msgpack.zst";
            var shard = server.get(path);
            assertEquals(200, shard.statusCode());
            assertEquals(sha256, Packages.sha256(shard.body()));
            assertEquals('"' + sha256 + '"', header(shard, "ETag"));
            assertEquals("public, max-age=31536000, immutable", header(shard, "Cache-Control"));
            assertFalse(shard.headers().map().containsKey("content-encoding"));
            assertEquals(
                    Set.of(FILE),
                    Shard.parse(shard.body(), ShardLimits.DEFAULT).records().keySet());
            assertEquals(comparable(shard), comparable(server.send("HEAD", path)));
            assertEquals(
                    304,
                    server.get(path, "If-None-Match", header(shard, "ETag")).statusCode());
        }
        var libmamba = "/main/libmamba/noarch/shards/" + sha256 + ".msgpack.zst";
        assertEquals(404, server.get(libmamba).statusCode());
    }

    @Test
    void the_same_file_is_under_both_views_and_the_index_is_not() throws IOException, InterruptedException {
        var libmamba = server.get("/main/libmamba/noarch/" + FILE);
        assertArrayEquals(ARCHIVE, libmamba.body());
        assertEquals("\"" + Packages.sha256(ARCHIVE) + "\"", header(libmamba, "ETag"));
        assertFalse(Arrays.equals(
                server.get(INDEX).body(),
                server.get("/main/libmamba/noarch/repodata.json").body()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/main/libmamba/noarch/repodata.json",
                "/main/libmamba/noarch/repodata.json.zst",
                "/main/libmamba/label/main/noarch/repodata.json.zst"
            })
    void libmamba_gets_the_whole_index_each_time(String path) throws IOException, InterruptedException {
        var whole = server.get(path);
        assertEquals(comparable(whole), comparable(server.send("HEAD", path)));
        assertEquals("public, max-age=0", header(whole, "Cache-Control"));
        assertEquals(Optional.empty(), whole.headers().firstValue("ETag"));
        assertEquals(Optional.empty(), whole.headers().firstValue("Last-Modified"));
        for (var headers : List.of(
                List.of("If-Modified-Since", FUTURE),
                List.of("If-None-Match", "\"x\", \"\"", "If-Modified-Since", FUTURE),
                List.of("If-Unmodified-Since", OLD),
                List.of("Range", "bytes=0-3", "If-Range", FUTURE),
                List.of("Range", "bytes=0-3", "If-Range", "\"x\""))) {
            var again = server.get(path, headers.toArray(String[]::new));
            assertEquals(200, again.statusCode(), headers.toString());
            assertArrayEquals(whole.body(), again.body());
        }
        assertEquals(206, server.get(path, "Range", "bytes=0-3").statusCode());
        assertEquals(412, server.get(path, "If-Match", "\"x\"").statusCode());
        assertEquals(200, server.get(path, "If-Match", "*").statusCode());
    }

    @Test
    void no_two_addresses_share_an_etag() throws IOException, InterruptedException {
        var paths = List.of(
                INDEX,
                "/main/noarch/repodata.json.zst",
                "/main/linux-64/repodata.json",
                "/main/linux-64/repodata.json.zst");
        var tags = new HashMap<String, String>();
        for (var path : paths) {
            var before = tags.put(header(server.get(path), "ETag"), path);
            assertEquals(null, before, path + " has the ETag of " + before);
        }
    }

    @Test
    void an_index_is_kept_for_seconds_and_trust_is_always_asked_for() throws IOException, InterruptedException {
        assertEquals("public, max-age=30", header(server.get(INDEX), "Cache-Control"));
        assertEquals("public, no-cache", header(server.get("/main/content-trust/key_mgr.json"), "Cache-Control"));
        assertEquals("public, max-age=31536000, immutable", header(server.get(ARTIFACT), "Cache-Control"));
    }

    @Test
    void a_date_in_if_range_does_not_count_for_an_index() throws IOException, InterruptedException {
        var index = server.get(INDEX);
        var byDate = server.get(INDEX, "Range", "bytes=0-3", "If-Range", header(index, "Last-Modified"));
        var byTag = server.get(INDEX, "Range", "bytes=0-3", "If-Range", header(index, "ETag"));
        assertEquals(200, byDate.statusCode());
        assertEquals(206, byTag.statusCode());
        assertEquals(new String(index.body(), UTF_8).substring(0, 4), RunningServer.text(byTag));
    }

    @Test
    void reading_a_public_channel_looks_at_no_credential() throws IOException, InterruptedException {
        assertEquals(200, server.get(INDEX, "Authorization", "Bearer nonsense").statusCode());
        assertEquals(200, server.get(INDEX, "Authorization", "Nonsense").statusCode());
        assertEquals(200, server.get("/t/nonsense" + ARTIFACT).statusCode());
    }

    @Test
    void gzip_is_not_put_around_what_is_compressed() throws IOException, InterruptedException {
        var response = server.get("/main/noarch/repodata.json.zst", "Accept-Encoding", "gzip, zstd, identity");
        assertFalse(response.headers().map().containsKey("content-encoding"));
        assertEquals(0x28, response.body()[0]);
    }

    private static String[] substituted(List<String> headers) {
        return headers.stream()
                .map(text -> text.replace("ETAG", etag).replace("DATE", modified))
                .toArray(String[]::new);
    }

    private static Map<String, List<String>> comparable(HttpResponse<byte[]> response) {
        var headers = new HashMap<>(response.headers().map());
        headers.remove("date");
        headers.remove("x-request-id");
        return headers;
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
