package dev.bulla.conda.archive;

import static dev.bulla.conda.archive.Reading.assertRefused;
import static dev.bulla.conda.archive.Reading.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulla.problem.Code;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import dev.bulla.testkit.ZipBytes;
import dev.bulla.testkit.ZipMember;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Everything by which two readers of one ZIP archive could see different packages. */
class ZipTricksTest {
    private static final TinyPackage TINY = Packages.tiny("tiny");
    private static final String NAME = TINY.condaName();
    private static final byte[] INFO = Packages.zstd(TINY.infoTar().bytes());
    private static final byte[] PKG = Packages.zstd(TINY.payloadTar().bytes());
    private static final byte[] METADATA = "{\"conda_pkg_format_version\": 2}".getBytes(UTF_8);

    private static ZipMember info() {
        return new ZipMember("info-tiny-1.0-0.tar.zst", INFO);
    }

    private static ZipBytes withoutInfo() {
        return new ZipBytes().stored("metadata.json", METADATA).stored("pkg-tiny-1.0-0.tar.zst", PKG);
    }

    private static ZipBytes whole() {
        return withoutInfo().member(info());
    }

    @Test
    void members_may_stand_in_any_order() {
        var bytes = new ZipBytes()
                .member(info())
                .stored("pkg-tiny-1.0-0.tar.zst", PKG)
                .stored("metadata.json", METADATA)
                .bytes();
        assertEquals(1, read(NAME, bytes).files());
    }

    @Test
    void a_directory_in_the_64_bit_form_is_read() {
        var zip = new ZipBytes().zip64();
        zip.stored("metadata.json", METADATA)
                .stored("pkg-tiny-1.0-0.tar.zst", PKG)
                .member(info());
        assertEquals(1, read(NAME, zip.bytes()).files());
        assertEquals(1, read(NAME, zip.smallEndOffset(zip.position()).bytes()).files());
        refused(Code.ARCHIVE_UNSAFE, "two ends that differ", zip.smallEndOffset(0));
    }

    @Test
    void a_compressed_member_is_refused() {
        refused(Code.ARCHIVE_UNSAFE, "must be stored", withoutInfo().member(info().method(8)));
    }

    @Test
    void an_encrypted_member_is_refused() {
        refused(Code.ARCHIVE_UNSAFE, "is encrypted", withoutInfo().member(info().flags(1)));
    }

    @Test
    void a_member_whose_sizes_follow_its_content_is_refused() {
        refused(Code.ARCHIVE_UNSAFE, "sizes follow", withoutInfo().member(info().flags(8)));
    }

    @Test
    void a_comment_is_refused() {
        refused(Code.ARCHIVE_UNSAFE, "comment", whole().comment("hello"));
    }

    @Test
    void bytes_after_the_end_are_refused() {
        var bytes = whole().bytes();
        assertRefused(Code.ARCHIVE_UNSAFE, "after its end", NAME, Arrays.copyOf(bytes, bytes.length + 1));
    }

    @Test
    void bytes_before_the_first_member_are_refused() {
        var zip = new ZipBytes().raw("PKxx".getBytes(UTF_8));
        zip.stored("metadata.json", METADATA)
                .stored("pkg-tiny-1.0-0.tar.zst", PKG)
                .member(info());
        refused(Code.ARCHIVE_UNSAFE, "belong to no member", zip);
    }

    @Test
    void bytes_between_members_are_refused() {
        refused(
                Code.ARCHIVE_UNSAFE,
                "belong to no member",
                withoutInfo().raw(new byte[1]).member(info()));
        refused(Code.ARCHIVE_UNSAFE, "belong to no member", whole().raw(new byte[1]));
    }

    @Test
    void a_member_that_the_directory_does_not_list_is_refused() {
        var hidden = new ZipMember("evil.tar.zst", PKG);
        refused(
                Code.ARCHIVE_UNSAFE,
                "belong to no member",
                withoutInfo().hidden(hidden).member(info()));
    }

    @Test
    void a_member_of_another_name_in_its_own_header_is_refused() {
        var other = info().localName("info-tinz-1.0-0.tar.zst");
        refused(Code.ARCHIVE_UNSAFE, "twice and differently", withoutInfo().member(other));
    }

    @Test
    void a_member_of_another_size_in_its_own_header_is_refused() {
        refused(Code.ARCHIVE_UNSAFE, "twice and differently", withoutInfo().member(info().localSize(7)));
        refused(Code.ARCHIVE_UNSAFE, "twice and differently", withoutInfo().member(info().centralSize(7)));
    }

    @Test
    void a_size_beyond_the_file_is_refused() {
        var far = info().localSize(1 << 20).centralSize(1 << 20);
        refused(Code.ARCHIVE_UNSAFE, "belong to no member", withoutInfo().member(far));
    }

    @Test
    void two_members_of_one_name_are_refused() {
        refused(Code.ARCHIVE_UNSAFE, "two members", whole().member(info()));
    }

    @Test
    void two_entries_for_one_member_are_refused() {
        var shared = new ZipMember("shared", new byte[0]);
        refused(Code.ARCHIVE_UNSAFE, "twice and differently", whole().listed(shared, 0));
    }

    @Test
    void an_extra_member_is_refused_by_name() {
        refused(Code.ARCHIVE_UNSAFE, "a member \"../evil\"", whole().stored("../evil", PKG));
    }

    @Test
    void a_member_named_after_another_package_is_refused() {
        var zip = withoutInfo().stored("info-tiny-1.1-0.tar.zst", INFO);
        refused(Code.ARCHIVE_UNSAFE, "info-tiny-1.1-0.tar.zst", zip);
        refused(Code.ARCHIVE_UNSAFE, "has no member info-tiny-1.0-0.tar.zst", zip);
    }

    @Test
    void a_package_under_the_name_of_another_is_a_mismatch() {
        assertRefused(
                Code.METADATA_MISMATCH,
                "those of \"tiny-1.0-0\", not of other-1.0-0",
                "other-1.0-0.conda",
                whole().bytes());
    }

    @Test
    void a_missing_member_is_named() {
        refused(Code.METADATA_MISSING, "no member info-tiny-1.0-0.tar.zst", withoutInfo());
        refused(Code.METADATA_MISSING, "no member metadata.json", new ZipBytes());
    }

    @Test
    void a_wrong_crc_is_refused() {
        refused(Code.ARCHIVE_DAMAGED, "CRC-32", withoutInfo().member(info().withWrongCrc()));
    }

    @Test
    void a_directory_that_is_longer_than_three_members_need_is_refused() {
        var zip = whole();
        for (var i = 0; i < 400; i++) {
            zip.stored("member-" + i, new byte[0]);
        }
        refused(Code.ARCHIVE_UNSAFE, "a package has three members", zip);
    }

    @Test
    void an_archive_cut_at_any_byte_is_refused() {
        var bytes = whole().bytes();
        for (var length = 2; length < bytes.length; length += 7) {
            assertRefused(Code.ARCHIVE_DAMAGED, "it was cut", NAME, cut(bytes, length));
        }
    }

    /** Four bytes are needed to see a ZIP archive at all. */
    private static byte[] cut(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, Math.max(4, length));
    }

    @Test
    void metadata_json_must_say_version_2() {
        for (var text : new String[] {"{\"conda_pkg_format_version\": 3}", "{}", "2", "{\"a\":1", ""}) {
            var zip = new ZipBytes().stored("metadata.json", text.getBytes(UTF_8));
            zip.stored("pkg-tiny-1.0-0.tar.zst", PKG).member(info());
            refused(Code.METADATA_INVALID, "metadata.json: ", zip);
        }
    }

    @Test
    void metadata_json_is_small() {
        var zip = new ZipBytes().stored("metadata.json", new byte[4097]);
        refused(
                Code.ARCHIVE_TOO_LARGE,
                "4096",
                zip.stored("pkg-tiny-1.0-0.tar.zst", PKG).member(info()));
    }

    private static void refused(Code code, String said, ZipBytes zip) {
        assertRefused(code, said, NAME, zip.bytes());
    }
}
