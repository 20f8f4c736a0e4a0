package dev.bulla.server.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;
import dev.bulla.server.RunningServer;
import dev.bulla.testkit.Packages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole answers, ranges and conditions of every form that is served, in every coding, over both versions of HTTP. */
class FormsTest {
    private static final String FILE = Packages.tiny("zlib").condaName();
    private static final byte[] ARCHIVE = Packages.tiny("zlib").conda();
    private static final String INDEX = "/main/noarch/repodata.json";
    private static final String OLD = "Thu, 01 Jan 2015 00:00:00 GMT";

    @TempDir
    private static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void publish() throws IOException, InterruptedException {
        server = RunningServer.in(folder);
        assertEquals(201, server.upload(FILE, ARCHIVE).statusCode());
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    /** An address as it is asked for; {@code coding} is what the answer shall be in, and empty for none. */
    record Form(String path, String accept, String coding, Version version) {
        boolean hasValidators() {
            return !path.matches("/main/libmamba/.*repodata.*");
        }

        boolean isImmutable() {
            return path.endsWith(".conda");
        }

        boolean varies() {
            return path.endsWith("repodata.json");
        }
    }

    static List<Form> forms() {
        var forms = new ArrayList<Form>();
        for (var version : List.of(Version.HTTP_1_1, Version.HTTP_2)) {
            for (var path :
                    List.of(INDEX, "/main/label/main/noarch/repodata.json", "/main/libmamba/noarch/repodata.json")) {
                forms.add(new Form(path, "identity", "", version));
                forms.add(new Form(path, "gzip, deflate", "gzip", version));
                forms.add(new Form(path, "deflate, gzip, br, zstd", "zstd", version));
            }
            for (var path : List.of(
                    "/main/noarch/" + FILE,
                    "/main/libmamba/noarch/" + FILE,
                    "/main/noarch/repodata.json.zst",
                    "/main/libmamba/noarch/repodata.json.zst",
                    "/main/content-trust/1.root.json",
                    "/main/libmamba/key_mgr.json")) {
                forms.add(new Form(path, "gzip, zstd", "", version));
            }
        }
        return forms;
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whole_answers_say_what_they_are_and_head_says_the_same(Form form) throws IOException, InterruptedException {
        var whole = whole(form);
        var plain = ask("GET", new Form(form.path(), "identity", "", form.version()));
        assertArrayEquals(plain.body(), decoded(whole.body(), form.coding()));
        assertEquals(Integer.toString(whole.body().length), header(whole, "Content-Length"));
        assertEquals("bytes", header(whole, "Accept-Ranges"));
        assertEquals(header(plain, "Content-Type"), header(whole, "Content-Type"));
        assertEquals(form.varies() ? "Accept-Encoding" : "", header(whole, "Vary"));
        assertEquals(form.hasValidators(), header(whole, "ETag").matches("\"[!-~&&[^\"]]+\""));
        assertEquals(form.hasValidators(), !header(whole, "Last-Modified").isEmpty());
        var head = ask("HEAD", form, "Range", "bytes=0-0");
        assertEquals(200, head.statusCode());
        assertEquals(0, head.body().length);
        assertEquals(comparable(whole), comparable(head));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void ranges_count_the_bytes_of_the_coding(Form form) throws IOException, InterruptedException {
        byte[] all = whole(form).body();
        int length = all.length;
        assertPart(form, all, 0, 1, "bytes=0-0");
        assertPart(form, all, 10, 20, "bytes=10-19");
        assertPart(form, all, 100, length, "bytes=100-");
        assertPart(form, all, length - 7, length, "bytes=-7");
        assertPart(form, all, 0, length, "bytes=-1000000");
        assertPart(form, all, length - 1, length, "bytes=" + (length - 1) + "-" + 10L * length);
        for (var range : List.of("bytes=" + length + "-", "bytes=-0")) {
            var answer = ask("GET", form, "Range", range);
            assertEquals(416, answer.statusCode());
            assertEquals("bytes */" + length, header(answer, "Content-Range"));
            assertEquals("", header(answer, "Content-Encoding"));
        }
        for (var range : List.of("bytes=0-1,4-5", "lines=0-1", "bytes=9-3")) {
            assertArrayEquals(all, ask("GET", form, "Range", range).body());
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void conditions_are_about_the_coding(Form form) throws IOException, InterruptedException {
        var whole = whole(form);
        var etag = form.hasValidators() ? header(whole, "ETag") : "\"x\"";
        var date = form.hasValidators() ? header(whole, "Last-Modified") : OLD;
        int known = form.hasValidators() ? 304 : 200;
        int part = form.hasValidators() ? 206 : 200;
        assertStatus(form, known, "If-None-Match", etag);
        assertStatus(form, known, "If-None-Match", "\"y\", W/" + etag);
        assertStatus(form, 304, "If-None-Match", "*");
        assertStatus(form, 200, "If-None-Match", "\"y\"", "If-Modified-Since", date);
        assertStatus(form, known, "If-Modified-Since", date);
        assertStatus(form, 200, "If-Modified-Since", OLD);
        assertStatus(form, form.hasValidators() ? 304 : 206, "If-None-Match", etag, "Range", "bytes=0-3");
        assertStatus(form, part, "If-Range", etag, "Range", "bytes=0-3");
        assertStatus(form, 200, "If-Range", "W/" + etag, "Range", "bytes=0-3");
        assertStatus(form, 200, "If-Range", "\"y\"", "Range", "bytes=0-3");
        assertStatus(form, form.isImmutable() ? 206 : 200, "If-Range", date, "Range", "bytes=0-3");
        assertStatus(form, form.hasValidators() ? 200 : 412, "If-Match", etag);
        assertStatus(form, 412, "If-Match", "\"y\"");
        assertStatus(form, form.hasValidators() ? 412 : 200, "If-Unmodified-Since", OLD);
    }

    @Test
    void a_tag_of_one_coding_is_not_that_of_another() throws IOException, InterruptedException {
        var tags = new HashMap<String, String>();
        for (var accept : List.of("identity", "gzip", "zstd")) {
            var form = new Form(INDEX, accept, accept.equals("identity") ? "" : accept, Version.HTTP_1_1);
            assertEquals(null, tags.put(header(whole(form), "ETag"), accept));
        }
        assertEquals(null, tags.put(header(server.get(INDEX + ".zst"), "ETag"), "twin"));
        for (var tag : tags.entrySet()) {
            var zstd = new Form(INDEX, "zstd", "zstd", Version.HTTP_1_1);
            assertStatus(zstd, tag.getValue().equals("zstd") ? 304 : 200, "If-None-Match", tag.getKey());
        }
    }

    @Test
    void the_zstd_coding_is_the_twin_and_a_new_package_changes_all_codings() throws IOException, InterruptedException {
        assertArrayEquals(
                server.get(INDEX + ".zst").body(),
                server.get(INDEX, "Accept-Encoding", "zstd").body());
        byte[] before = server.get(INDEX, "Accept-Encoding", "gzip").body();
        assertEquals(
                201,
                server.upload(
                                Packages.tiny("xz").condaName(),
                                Packages.tiny("xz").conda())
                        .statusCode());
        byte[] plain = server.get(INDEX).body();
        for (var coding : List.of("gzip", "zstd")) {
            byte[] coded = server.get(INDEX, "Accept-Encoding", coding).body();
            assertArrayEquals(plain, decoded(coded, coding));
            assertNotEquals(Arrays.hashCode(before), Arrays.hashCode(coded));
        }
    }

    private static void assertPart(Form form, byte[] all, int from, int to, String range)
            throws IOException, InterruptedException {
        var answer = ask("GET", form, "Range", range);
        assertEquals(206, answer.statusCode(), range);
        assertArrayEquals(Arrays.copyOfRange(all, from, to), answer.body(), range);
        assertEquals("bytes " + from + "-" + (to - 1) + "/" + all.length, header(answer, "Content-Range"));
        assertEquals(form.coding(), header(answer, "Content-Encoding"));
    }

    private static void assertStatus(Form form, int status, String... headers)
            throws IOException, InterruptedException {
        var answer = ask("GET", form, headers);
        assertEquals(status, answer.statusCode(), String.join(" ", headers));
        if (status == 304) {
            assertEquals(0, answer.body().length);
            assertEquals(form.varies() ? "Accept-Encoding" : "", header(answer, "Vary"));
            assertEquals(header(ask("HEAD", form), "ETag"), header(answer, "ETag"));
        }
    }

    private static HttpResponse<byte[]> whole(Form form) throws IOException, InterruptedException {
        var whole = ask("GET", form);
        assertEquals(200, whole.statusCode());
        assertEquals(form.coding(), header(whole, "Content-Encoding"));
        return whole;
    }

    private static HttpResponse<byte[]> ask(String method, Form form, String... headers)
            throws IOException, InterruptedException {
        var request = server.request(form.path()).method(method, BodyPublishers.noBody());
        request.header("Accept-Encoding", form.accept());
        return server.send(form.version(), headers.length == 0 ? request : request.headers(headers));
    }

    private static byte[] decoded(byte[] bytes, String coding) throws IOException {
        var coded = new ByteArrayInputStream(bytes);
        return switch (coding) {
            case "gzip" -> new GZIPInputStream(coded).readAllBytes();
            case "zstd" -> new ZstdInputStream(coded).readAllBytes();
            default -> bytes;
        };
    }

    private static Map<String, List<String>> comparable(HttpResponse<byte[]> response) {
        var headers = new HashMap<>(response.headers().map());
        headers.remove("date");
        headers.remove("x-request-id");
        assertTrue(headers.containsKey("x-content-type-options"));
        return headers;
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
