package dev.bulla.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code channeldata.json} and {@code rss.xml} say. */
final class SummariesTest {
    private static final String URL = "https://conda.example.org/main";

    @TempDir
    Path folder;

    private static TinyPackage zlib(String version) {
        return Packages.tiny("zlib")
                .version(version)
                .timestamp(1_700_000_000_000L)
                .info("info/about.json", "{\"home\":\"https://zlib.net\",\"summary\":\"Squeezes <bytes> & more\"}")
                .info("info/run_exports.json", "{\"weak\":[\"zlib >=" + version + "\"]}");
    }

    @Test
    void a_package_is_told_by_its_newest_version() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(zlib("1.10"));
            test.publish(zlib("1.9"));
            test.publish(Packages.tiny("zlib").version("1.2").subdir("linux-64"));

            var zlib = packages(test, Label.MAIN).member("zlib").orElseThrow();

            assertEquals(Json.parse("""
                            {"home":"https://zlib.net","reference_package":"noarch/zlib-1.10-0.conda","run_exports":{
                            "1.10":{"weak":["zlib >=1.10"]},"1.9":{"weak":["zlib >=1.9"]}},
                            "subdirs":["linux-64","noarch"],"summary":"Squeezes <bytes> & more",
                            "timestamp":1700000000,"version":"1.10"}""".getBytes(UTF_8), JsonLimits.METADATA), zlib);
        }
    }

    @Test
    void what_changes_is_shown_by_the_next_request_and_what_does_not_is_kept() throws IOException {
        try (var test = TestChannels.open(folder)) {
            assertEquals(Set.of(), names(test, Label.MAIN));
            test.publish(zlib("1.10"));
            test.publish(Packages.tiny("bzip2"));
            assertEquals(Set.of("bzip2", "zlib"), names(test, Label.MAIN));
            var bzip2 = packages(test, Label.MAIN).member("bzip2");
            var before = file(test, Label.MAIN);

            test.main().yank(Subdir.NOARCH, ArchiveName.parse("zlib-1.10-0.conda"), "it is broken", test.admin());

            assertEquals(Set.of("bzip2"), names(test, Label.MAIN));
            assertEquals(bzip2, packages(test, Label.MAIN).member("bzip2"));
            assertNotEquals(before.etag(), file(test, Label.MAIN).etag());
            assertEquals(file(test, Label.MAIN), file(test, Label.MAIN));
        }
    }

    @Test
    void a_label_has_its_own_and_one_that_is_not_there_has_none() throws IOException {
        var dev = Label.parse("dev");
        try (var test = TestChannels.open(folder)) {
            test.publish(zlib("1.10"));
            assertTrue(test.main().channelFile(dev, "channeldata.json", URL).isEmpty());
            test.publish(Packages.tiny("bzip2"));
            test.main().label(Subdir.NOARCH, ArchiveName.parse("bzip2-1.0-0.conda"), dev, test.admin());
            assertEquals(Set.of("bzip2"), names(test, dev));
            test.main().unlabel(Subdir.NOARCH, ArchiveName.parse("bzip2-1.0-0.conda"), dev, test.admin());
            assertEquals(Set.of(), names(test, dev));
            assertEquals(Set.of("bzip2", "zlib"), names(test, Label.MAIN));
        }
    }

    @Test
    void a_new_process_makes_the_same() throws IOException {
        String etag;
        try (var test = TestChannels.open(folder)) {
            test.publish(zlib("1.10"));
            names(test, Label.MAIN);
            test.publish(Packages.tiny("bzip2"));
            etag = file(test, Label.MAIN).etag();
        }
        try (var test = TestChannels.open(folder)) {
            assertEquals(etag, file(test, Label.MAIN).etag());
        }
    }

    @Test
    void the_feed_tells_what_came_last_first() throws Exception {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("bzip2"));
            test.publish(zlib("1.10"));
            var feed = test.main().channelFile(Label.MAIN, "rss.xml", URL).orElseThrow();
            var document = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(ClientView.bytes(feed)));
            var links = document.getElementsByTagName("link");
            assertEquals(3, links.getLength());
            assertEquals(URL + "/noarch/zlib-1.10-0.conda", links.item(1).getTextContent());
            assertEquals(
                    "Squeezes <bytes> & more",
                    document.getElementsByTagName("description").item(1).getTextContent());
            assertFalse(test.main().channelFile(Label.MAIN, "index.html", URL).isPresent());
        }
    }

    private static ServedFile file(TestChannels test, Label label) throws IOException {
        return test.main().channelFile(label, "channeldata.json", URL).orElseThrow();
    }

    private static JsonObject packages(TestChannels test, Label label) throws IOException {
        var document = (JsonObject) Json.parse(ClientView.bytes(file(test, label)), JsonLimits.METADATA);
        assertEquals(
                JsonArray.ofStrings(
                        test.main().subdirs().stream().map(Subdir::text).toList()),
                document.member("subdirs").orElseThrow());
        return (JsonObject) document.member("packages").orElseThrow();
    }

    private static Set<String> names(TestChannels test, Label label) throws IOException {
        var packages = packages(test, label);
        packages.members()
                .values()
                .forEach(one -> assertEquals(
                        List.of(),
                        List.of("reference_package", "subdirs", "version").stream()
                                .filter(name -> ((JsonObject) one).member(name).isEmpty())
                                .toList()));
        return new TreeSet<>(packages.members().keySet());
    }
}
