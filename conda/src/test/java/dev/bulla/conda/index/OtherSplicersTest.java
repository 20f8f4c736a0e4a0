package dev.bulla.conda.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.PackageName;
import dev.bulla.conda.name.Subdir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherSplicersTest {
    @TempDir
    private Path folder;

    @Test
    void run_exports_have_an_entry_for_every_package() throws IOException {
        var first = runExports("linux-64", null, "a", "{\"weak\":[\"a >=1\"]}");
        var second = runExports("linux-64", first, "b", "{}");
        assertEquals("""
                {"info":{"arch":"x86_64","platform":"linux","subdir":"linux-64","version":1},\
                "packages":{"a-1-0.tar.bz2":{"run_exports":{"weak":["a >=1"]}},"b-1-0.tar.bz2":{"run_exports":{}}},\
                "packages.conda":{"a-1-0.conda":{"run_exports":{"weak":["a >=1"]}},"b-1-0.conda":{"run_exports":{}}}}""", Files.readString(second.json().path()));
        assertTrue(second.zst().isPresent());
    }

    @Test
    void run_exports_name_the_platform_of_every_known_subdir() throws IOException {
        for (var subdir : Subdir.KNOWN) {
            var text = Files.readString(
                    runExports(subdir.text(), null, "a", "{}").json().path());
            assertTrue(text.contains("\"platform\":\"" + subdir.text().split("-", 2)[0] + "\""), text);
        }
        assertTrue(Files.readString(runExports("noarch", null, "a", "{}").json().path())
                .startsWith("{\"info\":{\"arch\":\"noarch\",\"platform\":\"noarch\",\"subdir\":\"noarch\""));
    }

    @Test
    void channeldata_has_the_packages_by_name() throws IOException {
        var first = channeldata(null, "b", "{\"license\":\"MIT\"}");
        var second = channeldata(first, "a", "{}");
        assertEquals("""
                {"channeldata_version":1,"packages":{"a":{},"b":{"license":"MIT"}},"subdirs":["noarch","osx-64"]}""", Files.readString(second.json().path()));
        assertTrue(second.zst().isEmpty());
        try (var splicer = ChanneldataSplicer.open(newFolder(), List.of(Subdir.NOARCH), second)) {
            splicer.remove(PackageName.parse("b"));
            assertEquals(
                    "{\"channeldata_version\":1,\"packages\":{\"a\":{}},\"subdirs\":[\"noarch\"]}",
                    Files.readString(splicer.finish().json().path()));
        }
    }

    private SplicedIndex runExports(String subdir, @Nullable SplicedIndex old, String name, String json)
            throws IOException {
        try (var splicer = RunExportsSplicer.open(newFolder(), Subdir.parse(subdir), old)) {
            splicer.change(PackageName.parse(name));
            splicer.runExports(ArchiveName.parse(name + "-1-0.conda"), json.getBytes(UTF_8));
            splicer.runExports(ArchiveName.parse(name + "-1-0.tar.bz2"), json.getBytes(UTF_8));
            return splicer.finish();
        }
    }

    private SplicedIndex channeldata(@Nullable SplicedIndex old, String name, String json) throws IOException {
        try (var splicer = ChanneldataSplicer.open(newFolder(), List.of(Subdir.NOARCH, Subdir.parse("osx-64")), old)) {
            splicer.put(PackageName.parse(name), json.getBytes(UTF_8));
            return splicer.finish();
        }
    }

    private Path newFolder() throws IOException {
        return Files.createTempDirectory(folder, "generation");
    }
}
