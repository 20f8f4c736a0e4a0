package dev.bulla.conda.archive;

import static dev.bulla.conda.archive.Reading.assertRefused;
import static dev.bulla.conda.archive.Reading.read;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulla.problem.Code;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TarBytes;
import dev.bulla.testkit.TinyPackage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members that write outside the prefix, hide content, or mean different things to different readers. */
class TarTricksTest {
    private static final TinyPackage TINY = Packages.tiny("tiny");
    private static final String NAME = TINY.tarBz2Name();

    /** A package to which something is added; what is added is unlisted, so that a missed trick shows as another code. */
    private static TarBytes tar() {
        return TINY.infoTar().file("share/tiny/hello.txt", "hello from tiny\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "../outside",
                "lib/../../outside",
                "lib/..",
                "lib/./x",
                "lib//x",
                "./../outside",
                "C:/Windows/x",
                "c:evil",
                "lib\\..\\x",
                "lib/new\nline",
                "lib/\u007f",
                "//server/share",
                "x/",
                ".",
                ""
            })
    void a_file_whose_path_is_not_plainly_inside_the_prefix_is_refused(String path) {
        refused(Code.ARCHIVE_UNSAFE, "", tar().file(path, "x"));
    }

    @Test
    void a_zero_byte_in_a_path_is_refused() {
        refused(
                Code.ARCHIVE_UNSAFE,
                "control character",
                tar().pax("path", "lib/x\0.txt").file("x", "x"));
    }

    @Test
    void a_path_that_is_not_utf8_is_refused() {
        refused(Code.ARCHIVE_UNSAFE, "not UTF-8", tar().namesIn(ISO_8859_1).file("lib/h\u00e9", "x"));
    }

    @Test
    void a_part_of_a_path_over_255_characters_is_refused() {
        refused(Code.ARCHIVE_UNSAFE, "255", tar().file("a".repeat(256), "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"conda-meta/history", "Conda-Meta/x.json", "conda-meta", "info/repodata_record.json"})
    void a_path_that_belongs_to_the_client_is_refused(String path) {
        refused(Code.ARCHIVE_UNSAFE, "belongs to the client", tar().file(path, "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Info/index.json", "INFO/x", "iNfO"})
    void the_info_folder_in_another_spelling_is_refused(String path) {
        refused(Code.ARCHIVE_UNSAFE, "in another spelling", tar().file(path, "x"));
    }

    @Test
    void a_path_that_is_there_twice_is_refused() {
        refused(Code.ARCHIVE_UNSAFE, "is there twice", tar().file("share/tiny/hello.txt", "again"));
        refused(Code.ARCHIVE_UNSAFE, "is there twice", tar().file("./share/tiny/hello.txt", "again"));
        refused(Code.ARCHIVE_UNSAFE, "is there twice", tar().file("info/index.json", "{}"));
        refused(Code.ARCHIVE_UNSAFE, "is there twice", tar().file("info/Index.json", "{}"));
        refused(Code.ARCHIVE_UNSAFE, "is there twice", tar().directory("share/tiny/hello.txt"));
    }

    @Test
    void a_file_name_in_two_spellings_is_for_the_payload_to_have() {
        var both = Packages.tiny("both").file("man/Foo", "1").file("man/foo", "2");
        assertEquals(3, read(both.tarBz2Name(), both.tarBz2()).files());
    }

    @ParameterizedTest
    @ValueSource(chars = {'3', '4', '6', '7', 'S', 'g', 'V', 'M', '9'})
    void a_member_that_is_no_file_link_or_directory_is_refused(char type) {
        refused(Code.ARCHIVE_UNSAFE, "is no file, link or directory", tar().member(type, "dev/x", "", new byte[0]));
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd,     which is not relative",
        "C:\\Windows,     which is not relative",
        "..\\x,           which is not relative",
        "../../outside,   leads outside the prefix",
        "'',              without a target",
        "link,            leads through more than 40 links"
    })
    void a_soft_link_that_leads_outside_or_nowhere_is_refused(String target, String said) {
        var linked = Packages.tiny("linked").softlink("lib/link", target);
        assertRefused(Code.ARCHIVE_UNSAFE, said, linked.tarBz2Name(), linked.tarBz2());
    }

    @Test
    void a_soft_link_to_a_page_of_a_perl_manual_is_accepted() {
        var linked = Packages.tiny("linked").file("man/Foo::Bar.3", "page").softlink("man/Bar.3", "Foo::Bar.3");
        assertEquals(3, read(linked.tarBz2Name(), linked.tarBz2()).files());
    }

    @Test
    void a_soft_link_to_the_prefix_itself_is_accepted() {
        var linked = Packages.tiny("linked").softlink("lib/up", "..").softlink("lib/here", ".");
        assertEquals(3, read(linked.tarBz2Name(), linked.tarBz2()).files());
    }

    @Test
    void a_soft_link_that_leads_outside_through_another_is_refused() {
        // By its letters alone, a/b/up/../../x stays inside; through up it starts from the prefix itself.
        var linked = Packages.tiny("linked").softlink("a/b/up", "../..").softlink("a/b/out", "up/../x");
        assertRefused(Code.ARCHIVE_UNSAFE, "leads outside the prefix", linked.tarBz2Name(), linked.tarBz2());
    }

    @Test
    void a_member_behind_a_soft_link_is_refused_wherever_it_stands() {
        refused(
                Code.ARCHIVE_UNSAFE,
                "lies behind \"lib\"",
                tar().softlink("lib", "share").file("lib/x", "x"));
        refused(
                Code.ARCHIVE_UNSAFE,
                "lies behind \"lib\"",
                tar().file("lib/x", "x").softlink("lib", "share"));
    }

    @Test
    void a_member_behind_a_file_is_refused() {
        refused(
                Code.ARCHIVE_UNSAFE,
                "lies behind \"lib\"",
                tar().file("lib", "x").file("lib/x", "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../outside", "lib/later", "share", "bin/self"})
    void a_hard_link_to_anything_but_a_file_before_it_is_refused(String target) {
        var tar = tar().directory("share").hardlink("bin/self", target).file("lib/later", "x");
        refused(Code.ARCHIVE_UNSAFE, "", tar);
    }

    @Test
    void metadata_must_be_no_link() {
        var tar = new TarBytes().file("info/real.json", TINY.indexJson()).file("info/paths.json", TINY.pathsJson());
        refused(Code.ARCHIVE_UNSAFE, "must be a file of its own", tar.hardlink("info/index.json", "info/real.json"));
    }

    @Test
    void a_link_or_directory_with_content_is_refused() {
        for (var type : new char[] {'1', '2', '5'}) {
            var tar = tar().member(type, "lib/x", "share/tiny/hello.txt", "content".getBytes(UTF_8));
            refused(Code.ARCHIVE_UNSAFE, "is a link or directory with content", tar);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GNU.sparse.map", "hdrcharset", "charset", "realtime.x"})
    void a_pax_record_that_changes_how_content_is_read_is_refused(String keyword) {
        refused(
                Code.ARCHIVE_UNSAFE,
                "pax record \"" + keyword,
                tar().pax(keyword, "1").file("x", "x"));
    }

    @Test
    void a_pax_record_of_times_and_owners_is_passed_over() {
        var tar = tar().pax("mtime", "1700000000.5").pax("SCHILY.dev", "7").directory("share");
        assertEquals(1, read(NAME, Packages.bzip2(tar.bytes())).files());
    }

    @Test
    void two_paths_for_one_member_are_refused() {
        refused(
                Code.ARCHIVE_UNSAFE,
                "two of path",
                tar().pax("path", "a").pax("path", "b").file("x", "x"));
    }

    @Test
    void two_sizes_for_one_member_are_refused_since_readers_differ_in_which_they_follow() {
        var hidden = new TarBytes().file("lib/hidden", "x").unclosedBytes();
        var tar = tar().pax("size", String.valueOf(hidden.length))
                .header('0', "lib/x", "", 0)
                .raw(hidden);
        refused(Code.ARCHIVE_UNSAFE, "has two sizes", tar);
        var same = Packages.tiny("same");
        var plain = same.infoTar().pax("size", "16").file("share/same/hello.txt", "hello from same\n");
        assertEquals(1, read(same.tarBz2Name(), Packages.bzip2(plain.bytes())).files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "5 a=", "99 a=b\n", "0 a=b\n", "-6 a=b\n", "6 a-b\n", "6 a=b.", "7 path=b\n"})
    void a_broken_pax_header_is_refused(String text) {
        var content = text.getBytes(UTF_8);
        var tar = tar().member('x', "pax", "", content).file("x", "x");
        refused(text.isEmpty() ? Code.PATHS_MISMATCH : Code.ARCHIVE_DAMAGED, "", tar);
    }

    @Test
    void a_long_name_in_gnus_form_is_read() {
        var path = "lib/" + "d".repeat(120) + "/file";
        var named = Packages.tiny("named").file(path, "x");
        var tar = named.infoTar().file("share/named/hello.txt", "hello from named\n");
        tar.member('L', "././@LongLink", "", (path + "\0").getBytes(UTF_8)).file(path.substring(0, 100), "x");
        assertEquals(2, read(named.tarBz2Name(), Packages.bzip2(tar.bytes())).files());
    }

    @Test
    void a_tar_cut_at_any_block_is_refused() {
        var bytes = tar().bytes();
        for (var length = 512; length < bytes.length - 1024; length += 512) {
            assertRefused(Code.ARCHIVE_DAMAGED, "ends ", NAME, Packages.bzip2(Arrays.copyOf(bytes, length)));
        }
    }

    @Test
    void content_after_the_end_is_refused() {
        var tar = new TarBytes().raw(tar().bytes()).file("evil", "x");
        refused(Code.ARCHIVE_UNSAFE, "content after its end", tar);
    }

    @Test
    void a_header_with_a_wrong_checksum_is_refused() {
        var bytes = tar().bytes();
        bytes[0] = 'j';
        assertRefused(Code.ARCHIVE_DAMAGED, "checksum", NAME, Packages.bzip2(bytes));
    }

    @Test
    void a_size_beyond_the_archive_is_refused() {
        refused(Code.ARCHIVE_DAMAGED, "ends within a member", tar().header('0', "big", "", 1L << 32));
    }

    @Test
    void bytes_after_the_last_bzip2_stream_are_refused() {
        var bytes = TINY.tarBz2();
        var longer = Arrays.copyOf(bytes, bytes.length + 4);
        longer[bytes.length] = 'x';
        assertRefused(Code.ARCHIVE_DAMAGED, "cannot be unpacked", NAME, longer);
    }

    @Test
    void a_bzip2_stream_cut_at_any_byte_is_refused() {
        var bytes = TINY.tarBz2();
        for (var length = 3; length < bytes.length; length += 5) {
            assertRefused(Code.ARCHIVE_DAMAGED, "", NAME, Arrays.copyOf(bytes, length));
        }
    }

    private static void refused(Code code, String said, TarBytes tar) {
        assertRefused(code, said, NAME, Packages.bzip2(tar.bytes()));
    }
}
