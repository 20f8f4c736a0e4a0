package dev.bulla.conda.archive;

import static dev.bulla.conda.archive.Reading.assertRefused;
import static dev.bulla.conda.archive.Reading.read;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TarBytes;
import dev.bulla.testkit.TinyPackage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is accepted, and what a package as a whole must be. */
class PackageArchiveTest {
    private static TinyPackage zlib() {
        return Packages.tiny("zlib").version("1.3.1").build("h5_2", 2).subdir("linux-64");
    }

    @Test
    void a_package_is_read_alike_in_both_formats() {
        var conda = read(zlib().condaName(), zlib().conda());
        var tarBz2 = read(zlib().tarBz2Name(), zlib().tarBz2());
        assertEquals("zlib", conda.index().name().text());
        assertEquals("linux-64", conda.index().subdir().text());
        assertEquals(2, conda.index().buildNumber());
        assertEquals(1, conda.files());
        assertEquals(conda.index().members(), tarBz2.index().members());
        assertEquals(1, tarBz2.files());
    }

    @Test
    void the_test_packages_are_the_same_bytes_each_time() {
        assertArrayEquals(zlib().conda(), zlib().conda());
        assertArrayEquals(zlib().tarBz2(), zlib().tarBz2());
    }

    @Test
    void a_package_without_payload_is_accepted() {
        var meta = zlib().withoutPayload();
        assertEquals(0, read(meta.condaName(), meta.conda()).files());
    }

    @Test
    void links_and_directories_inside_the_prefix_are_accepted() {
        var linked = zlib().file("lib/libz.so.1.3", "code")
                .softlink("lib/libz.so", "libz.so.1.3")
                .softlink("lib/other", "../share/elsewhere/of/another/package");
        var payload =
                linked.payloadTar().directory("lib").directory("lib/empty/").directory("./");
        assertEquals(
                4,
                read(linked.condaName(), linked.conda(linked.infoTar().bytes(), payload.bytes()))
                        .files());
    }

    @Test
    void a_hard_link_is_the_file_that_came_before_it() {
        var twice = zlib().file("bin/a", "tool").file("bin/b", "tool");
        var payload = new TarBytes()
                .file("share/zlib/hello.txt", "hello from zlib\n")
                .file("bin/a", "tool")
                .hardlink("bin/b", "bin/a");
        assertEquals(
                3,
                read(twice.condaName(), twice.conda(twice.infoTar().bytes(), payload.bytes()))
                        .files());
    }

    @Test
    void members_may_start_with_a_dot_and_a_slash_as_tar_writes_them() {
        var tar = new TarBytes().directory("./");
        tar.file("./info/index.json", zlib().indexJson()).file("./info/paths.json", zlib().pathsJson());
        tar.file("./share/zlib/hello.txt", "hello from zlib\n");
        assertEquals(1, read(zlib().tarBz2Name(), Packages.bzip2(tar.bytes())).files());
    }

    @Test
    void the_payload_archive_may_hold_licences_but_no_metadata() {
        var licence = zlib().payloadTar().file("info/licenses/LICENSE", "free");
        assertEquals(
                1,
                read(zlib().condaName(), zlib().conda(zlib().infoTar().bytes(), licence.bytes()))
                        .files());
        for (var path : List.of("info/index.json", "info/run_exports.json", "info/Paths.json")) {
            var second = zlib().payloadTar().file(path, "{}");
            var bytes = zlib().conda(zlib().infoTar().bytes(), second.bytes());
            assertRefused(Code.ARCHIVE_UNSAFE, "is metadata in the archive for the payload", zlib().condaName(), bytes);
        }
    }

    @Test
    void the_info_archive_must_hold_nothing_else() {
        var info = zlib().infoTar().file("lib/hidden.so", "code");
        var bytes = zlib().conda(info.bytes(), zlib().payloadTar().bytes());
        assertRefused(Code.ARCHIVE_UNSAFE, "\"lib/hidden.so\" is outside info/", zlib().condaName(), bytes);
    }

    @Test
    void a_file_that_is_no_archive_is_no_package() {
        assertRefused(Code.ARCHIVE_NOT_A_PACKAGE, "empty", zlib().condaName(), new byte[0]);
        assertRefused(Code.ARCHIVE_NOT_A_PACKAGE, "empty", zlib().tarBz2Name(), new byte[0]);
        assertRefused(Code.ARCHIVE_NOT_A_PACKAGE, "no ZIP archive", zlib().condaName(), zlib().tarBz2());
        assertRefused(Code.ARCHIVE_NOT_A_PACKAGE, "not compressed with bzip2", zlib().tarBz2Name(), zlib().conda());
    }

    @Test
    void a_package_of_another_name_than_its_file_is_refused_with_all_differences() {
        var bytes = zlib().tarBz2();
        var refused = assertThrows(ArchiveException.class, () -> read("zlibb-1.3-h5_3.tar.bz2", bytes));
        assertEquals(
                List.of(
                        new Problem(
                                Code.METADATA_MISMATCH, "info/index.json: name is zlib, but the file name says zlibb"),
                        new Problem(
                                Code.METADATA_MISMATCH,
                                "info/index.json: version is 1.3.1, but the file name says 1.3"),
                        new Problem(
                                Code.METADATA_MISMATCH, "info/index.json: build is h5_2, but the file name says h5_3")),
                refused.problems());
    }

    @Test
    void all_that_is_wrong_with_the_metadata_is_said_at_once() {
        var bad = zlib().field("subdir", null).field("depends", "null").withoutInfo("info/paths.json");
        var refused = assertThrows(ArchiveException.class, () -> read(bad.condaName(), bad.conda()));
        assertEquals(
                List.of(Code.METADATA_MISSING, Code.METADATA_INVALID, Code.METADATA_INVALID),
                refused.problems().stream().map(Problem::code).toList());
    }

    @Test
    void a_package_without_its_index_or_paths_is_refused() {
        for (var path : List.of("info/index.json", "info/paths.json")) {
            var bad = zlib().withoutInfo(path);
            assertRefused(Code.METADATA_MISSING, path + " is not in the package", bad.condaName(), bad.conda());
            assertRefused(Code.METADATA_MISSING, path + " is not in the package", bad.tarBz2Name(), bad.tarBz2());
        }
    }

    @Test
    void a_file_that_is_not_there_is_no_verdict_on_a_package(@TempDir Path folder) throws IOException {
        var name = ArchiveName.parse(zlib().condaName());
        assertThrows(
                NoSuchFileException.class,
                () -> PackageArchive.read(folder.resolve("none"), name, ArchiveLimits.DEFAULT));
    }
}
