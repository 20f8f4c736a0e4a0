package dev.bulla.conda.archive;

import static dev.bulla.conda.archive.Reading.assertRefused;
import static dev.bulla.conda.archive.Reading.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.problem.Code;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a package says besides its index.json, and reading it without the payload. */
class InfoFilesTest {
    @TempDir
    private Path folder;

    private static TinyPackage zlib() {
        return Packages.tiny("zlib").version("1.3.1").build("h5_2", 2).subdir("linux-64");
    }

    private PackageContents readInfo(String fileName, byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve(fileName), bytes);
        return PackageArchive.readInfo(file, ArchiveName.parse(fileName), ArchiveLimits.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"a >=1\"]                                    | {\"weak\":[\"a >=1\"]}",
                "{\"weak\": [\"a\"], \"strong\": [\"b\", \"c\"]} | {\"strong\":[\"b\",\"c\"],\"weak\":[\"a\"]}",
                "{\"weak_constrains\":[\"a\"],\"noarch\":[\"b\"],\"strong_constrains\":[\"c\"]}"
                        + "| {\"noarch\":[\"b\"],\"strong_constrains\":[\"c\"],\"weak_constrains\":[\"a\"]}",
                "{\"weak\":[],\"other\":[\"a\"],\"strong\":null} | {}",
                "{\"weak\":\"a\",\"strong\":[1]}                | {}",
                "[]                                             | {}",
                "null                                           | {}",
                "7                                              | {}"
            })
    void run_exports_are_read_in_one_form(String file, String expected) {
        var exporting = zlib().info("info/run_exports.json", file);
        var runExports = read(exporting.condaName(), exporting.conda()).runExports();
        assertEquals(expected, runExports.members().toString());
        assertEquals(expected.equals("{}"), runExports.isEmpty());
        assertEquals(runExports.isEmpty(), runExports.json().isEmpty());
    }

    @Test
    void run_exports_that_are_no_json_are_refused() {
        for (var file : new String[] {"", "{", "[\"a\"", "weak"}) {
            var broken = zlib().info("info/run_exports.json", file);
            assertRefused(Code.METADATA_INVALID, "info/run_exports.json", broken.condaName(), broken.conda());
        }
    }

    @Test
    void run_exports_over_the_limit_are_refused() {
        var large = zlib().info("info/run_exports.json", "[\"" + "x".repeat(1 << 20) + "\"]");
        assertRefused(Code.ARCHIVE_TOO_LARGE, "info/run_exports.json", large.condaName(), large.conda());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"summary\": \"x\", \"home\": [\"a\", \"b\"], \"extra\": {}} | {\"home\":[\"a\",\"b\"],\"summary\":\"x\"}",
                "{\"summary\":7,\"home\":[1],\"license\":null}                 | {}",
                "{                                                             | {}",
                "[]                                                            | {}"
            })
    void of_about_json_the_members_for_channeldata_are_kept(String file, String expected) {
        var told = zlib().info("info/about.json", file);
        assertEquals(
                expected, read(told.condaName(), told.conda()).about().members().toString());
    }

    @Test
    void a_text_in_about_json_that_is_too_long_is_left_out() {
        var told =
                zlib().info("info/about.json", "{\"description\":\"" + "x".repeat(1 << 16) + "\",\"summary\":\"x\"}");
        assertEquals(
                "{\"summary\":\"x\"}",
                read(told.condaName(), told.conda()).about().members().toString());
    }

    @Test
    void an_about_json_that_is_too_long_is_passed_over() {
        var told = zlib().info("info/about.json", "{\"summary\":\"x\",\"extra\":\"" + "x".repeat(1 << 20) + "\"}");
        assertEquals(AboutJson.NONE, read(told.condaName(), told.conda()).about());
    }

    @Test
    void info_alone_says_what_the_whole_package_says() throws IOException {
        var told = zlib().info("info/run_exports.json", "[\"a\"]").info("info/about.json", "{\"summary\":\"x\"}");
        for (var name : new String[] {told.condaName(), told.tarBz2Name()}) {
            var bytes = name.equals(told.condaName()) ? told.conda() : told.tarBz2();
            var whole = read(name, bytes);
            var info = readInfo(name, bytes);
            assertEquals(whole.index().members(), info.index().members());
            assertEquals(whole.runExports(), info.runExports());
            assertEquals(whole.about(), info.about());
            assertEquals(whole.files(), info.files());
            assertTrue(info.pathsListed());
        }
    }

    @Test
    void info_alone_does_not_look_at_the_payload() throws IOException {
        var packed = zlib().condaZip(Packages.zstd(zlib().infoTar().bytes()), new byte[] {1, 2, 3});
        assertEquals(1, readInfo(zlib().condaName(), packed.bytes()).files());
        assertThrows(ArchiveException.class, () -> read(zlib().condaName(), packed.bytes()));
    }

    @Test
    void info_alone_may_lack_the_list_of_paths() throws IOException {
        var old = zlib().withoutInfo("info/paths.json");
        assertFalse(readInfo(old.condaName(), old.conda()).pathsListed());
        assertRefused(Code.METADATA_MISSING, "info/paths.json", old.condaName(), old.conda());
    }

    @Test
    void info_alone_must_fit_the_file_name() {
        var other = zlib().field("name", "\"other\"");
        var refused = assertThrows(ArchiveException.class, () -> readInfo(other.condaName(), other.conda()));
        assertEquals(Code.METADATA_MISMATCH, refused.problem().code());
    }
}
