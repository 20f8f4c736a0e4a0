package dev.bulla.conda.archive;

import static dev.bulla.conda.archive.Reading.assertRefused;
import static dev.bulla.conda.archive.Reading.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulla.problem.Code;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which {@code info/paths.json} and the payload can disagree. */
class PathsCheckTest {
    private static final String HELLO = "hello from tiny\n";

    private static TinyPackage tiny() {
        return Packages.tiny("tiny");
    }

    @Test
    void a_file_that_is_not_listed_is_refused() {
        var payload = tiny().payloadTar().file("lib/evil.so", "code");
        var bytes = tiny().conda(tiny().infoTar().bytes(), payload.bytes());
        assertRefused(
                Code.PATHS_MISMATCH,
                "\"lib/evil.so\" is in the payload and not in the list",
                tiny().condaName(),
                bytes);
    }

    @Test
    void a_link_that_is_not_listed_is_refused() {
        var payload = tiny().payloadTar().softlink("lib/evil.so", "x");
        var bytes = tiny().conda(tiny().infoTar().bytes(), payload.bytes());
        assertRefused(Code.PATHS_MISMATCH, "\"lib/evil.so\" is in the payload", tiny().condaName(), bytes);
    }

    @Test
    void a_path_without_payload_is_refused() {
        refused(
                "is listed as a file, but is not in the payload",
                tiny().pathsJson().replace("hello.txt", "hullo.txt"));
    }

    @Test
    void a_file_with_other_content_is_refused() {
        refused("sha256", tiny().pathsJson().replace(Packages.sha256(HELLO.getBytes(UTF_8)), "0".repeat(64)));
    }

    @Test
    void a_file_of_another_size_is_refused() {
        refused("is listed with 15 bytes, but has 16", tiny().pathsJson().replace(": 16", ": 15"));
    }

    @Test
    void a_file_without_size_or_digest_is_refused() {
        refused("is listed with null bytes", tiny().pathsJson().replace("size_in_bytes", "size"));
        refused("is listed with sha256 null", tiny().pathsJson().replace("sha256", "sha1"));
    }

    @Test
    void a_soft_link_that_is_stored_as_a_file_is_refused() {
        refused(
                "is listed as a soft link, but is a file of 16 bytes",
                tiny().pathsJson().replace("hardlink", "softlink"));
    }

    @Test
    void a_file_that_is_stored_as_a_soft_link_is_refused() {
        var linked = tiny().softlink("share/link", "tiny");
        refused(
                "is listed as a file, but is a soft link",
                linked,
                linked.pathsJson().replace("softlink", "hardlink"));
    }

    @Test
    void a_soft_link_to_other_content_than_listed_is_refused() {
        var linked = tiny().file("lib/a", "a").file("lib/b", "b").softlink("lib/link", "a");
        var other = tiny().file("lib/a", "a").file("lib/b", "b").softlink("lib/link", "b");
        refused("but leads to " + Packages.sha256("a".getBytes(UTF_8)), linked, other.pathsJson());
    }

    @Test
    void a_soft_link_without_digest_is_accepted_as_rattler_build_writes_it() {
        var linked = tiny().file("lib/a", "a").softlink("lib/link", "a");
        var paths = linked.pathsJson().replaceAll("(softlink\", \"sha256\": )\"[0-9a-f]*\"", "$1null");
        assertEquals(
                3,
                read(linked.condaName(), linked.info("info/paths.json", paths).conda())
                        .files());
    }

    @Test
    void a_directory_may_be_listed_if_it_is_there() {
        var path = "{\"_path\": \"share/tiny\", \"path_type\": \"directory\"}, ";
        var listed = tiny().pathsJson().replace("[{", "[" + path + "{");
        assertEquals(
                1,
                read(tiny().condaName(), tiny().info("info/paths.json", listed).conda())
                        .files());
        refused(
                "is listed as a directory, but is not in the payload",
                listed.replace("\"share/tiny\"", "\"share/none\""));
    }

    @Test
    void the_contents_of_info_are_not_to_be_listed() {
        refused("belongs to info/", tiny().pathsJson().replace("share/tiny/hello.txt", "info/index.json"));
    }

    @Test
    void only_the_first_three_differences_are_written_out() {
        var paths = tiny();
        for (var i = 1; i <= 4; i++) {
            paths.file("lib/" + i, "x");
        }
        refused("\"lib/3\" is listed as a file, but is not in the payload; and 1 more", tiny(), paths.pathsJson());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"paths\":{}}",
                "{\"paths\":[1]}",
                "{\"paths\":[{}]}",
                "{\"paths\":[{\"_path\":1}]}",
                "{\"paths\":[{\"_path\":\"a\",\"size_in_bytes\":1e3}]}",
                "{\"paths\":[{\"_path\":\"a\",\"size_in_bytes\":99999999999999999999}]}",
                "{\"paths\":[{\"_path\":\"a\"},{\"_path\":\"a\"}]}",
                "{\"paths\":[{\"_path\":\"a\",\"path_type\":\"reflink\"}]}",
                "{\"paths\":[{\"_path\":\"a\",\"sha256\":\"00\"}]}",
                "{\"paths\":[],\"paths\":[]}",
                "{\"paths\":[],\"paths_version\":2}",
                "{\"paths\":[],\"paths_version\":\"1\"}",
                "{\"paths\":[]"
            })
    void a_list_that_is_none_is_refused(String text) {
        var bad = tiny().info("info/paths.json", text);
        assertRefused(Code.METADATA_INVALID, "info/paths.json: ", bad.condaName(), bad.conda());
    }

    private static void refused(String said, String pathsJson) {
        refused(said, tiny(), pathsJson);
    }

    private static void refused(String said, TinyPackage tiny, String pathsJson) {
        var bad = tiny.info("info/paths.json", pathsJson);
        assertRefused(Code.PATHS_MISMATCH, said, bad.condaName(), bad.conda());
        assertRefused(Code.PATHS_MISMATCH, said, bad.tarBz2Name(), bad.tarBz2());
    }
}
