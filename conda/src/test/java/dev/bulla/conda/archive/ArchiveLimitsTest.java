package dev.bulla.conda.archive;

import static dev.bulla.conda.archive.Reading.assertRefused;
import static dev.bulla.conda.archive.Reading.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulla.problem.Code;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TarBytes;
import dev.bulla.testkit.TinyPackage;
import org.junit.jupiter.api.Test;

/** Each limit from both sides. */
class ArchiveLimitsTest {
    private static final ArchiveLimits DEFAULT = ArchiveLimits.DEFAULT;

    private static TinyPackage tiny() {
        return Packages.tiny("tiny");
    }

    @Test
    void an_archive_that_unpacks_to_more_than_allowed_is_refused() {
        assertEndsAtItsSize(tiny().condaName(), tiny().conda());
        assertEndsAtItsSize(tiny().tarBz2Name(), tiny().tarBz2());
    }

    private static void assertEndsAtItsSize(String fileName, byte[] bytes) {
        var unpacked = read(fileName, bytes).unpackedBytes();
        assertEquals(1, read(fileName, bytes, limits(unpacked, 1000, 100, 1000)).files());
        assertRefused(
                Code.ARCHIVE_TOO_LARGE,
                "more than " + (unpacked - 1) + " bytes",
                fileName,
                bytes,
                limits(unpacked - 1, 1000, 100, 1000));
    }

    @Test
    void a_bomb_is_refused_before_it_goes_off() {
        var zeros = new byte[80 << 20];
        var bomb = tiny().payloadTar().file("lib/zeros", zeros);
        var bytes = tiny().conda(tiny().infoTar().bytes(), bomb.bytes());
        assertRefused(Code.ARCHIVE_TOO_LARGE, "1000 times its size", tiny().condaName(), bytes);
    }

    @Test
    void high_ratios_are_fine_while_little_comes_out() {
        var zeros = tiny().file("lib/zeros", new byte[8 << 20]);
        assertEquals(
                2,
                read(zeros.condaName(), zeros.conda(), limits(1L << 30, 1, 100, 1000))
                        .files());
    }

    @Test
    void more_members_than_allowed_are_refused() {
        var three = tiny().file("lib/a", "a").file("lib/b", "b");
        assertEquals(
                3,
                read(three.condaName(), three.conda(), limits(1 << 20, 1000, 5, 1000))
                        .files());
        assertRefused(
                Code.ARCHIVE_TOO_LARGE,
                "more than 4 members",
                three.condaName(),
                three.conda(),
                limits(1 << 20, 1000, 4, 1000));
    }

    @Test
    void a_path_or_link_target_over_the_limit_is_refused() {
        var deep = "d/".repeat(250);
        var fits = tiny().file(deep + "file", "x");
        assertEquals(
                2,
                read(fits.condaName(), fits.conda(), limits(1 << 20, 1000, 100, 504))
                        .files());
        assertRefused(
                Code.ARCHIVE_TOO_LARGE,
                "over 503 characters",
                fits.condaName(),
                fits.conda(),
                limits(1 << 20, 1000, 100, 503));
        var linked = tiny().softlink("lib/link", "x".repeat(1025));
        assertRefused(Code.ARCHIVE_TOO_LARGE, "over 1024 characters", linked.condaName(), linked.conda());
    }

    @Test
    void an_index_json_or_paths_json_over_the_limit_is_refused() {
        var large = tiny().field("summary", "\"" + "x".repeat(1 << 20) + "\"");
        assertRefused(Code.ARCHIVE_TOO_LARGE, "info/index.json is over 1048576", large.condaName(), large.conda());
        var paths = tiny().info("info/paths.json", " ".repeat(65) + tiny().pathsJson());
        var small = new ArchiveLimits(1 << 20, 1000, 100, 1000, 1000, 64);
        assertRefused(Code.ARCHIVE_TOO_LARGE, "info/paths.json is over 64", paths.condaName(), paths.conda(), small);
    }

    @Test
    void paths_that_are_long_together_are_refused() {
        var deep = tiny().file("d/".repeat(250) + "a", "x").file("d/".repeat(250) + "b", "x");
        var limits = new ArchiveLimits(1 << 20, 1000, 100, 1000, 1000, 1000);
        var payload = deep.payloadTar().bytes();
        assertRefused(
                Code.ARCHIVE_TOO_LARGE,
                "more than 1000 characters together",
                deep.condaName(),
                deep.conda(tiny().infoTar().bytes(), payload),
                limits);
    }

    @Test
    void soft_links_that_take_long_to_follow_are_refused() {
        var maze = tiny();
        for (var i = 0; i < 38; i++) {
            maze.softlink("l" + i, "a/../".repeat(100) + "l" + (i + 1));
        }
        for (var i = 0; i < 1000; i++) {
            maze.softlink("start" + i, "l0");
        }
        assertRefused(Code.ARCHIVE_TOO_LARGE, "steps to follow", maze.condaName(), maze.conda());
    }

    @Test
    void an_extended_header_over_64_KiB_is_refused() {
        var tar =
                new TarBytes().member('x', "pax", "", "x".repeat((64 << 10) + 1).getBytes(UTF_8));
        assertRefused(Code.ARCHIVE_TOO_LARGE, "extended header", tiny().tarBz2Name(), Packages.bzip2(tar.bytes()));
    }

    @Test
    void a_limit_below_1_is_no_limit() {
        assertThrows(IllegalArgumentException.class, () -> limits(0, 1, 1, 1));
        assertEquals(200_000, DEFAULT.members());
    }

    private static ArchiveLimits limits(long unpackedBytes, int ratio, int members, int pathLength) {
        return new ArchiveLimits(
                unpackedBytes, ratio, members, pathLength, DEFAULT.indexJsonBytes(), DEFAULT.pathsJsonBytes());
    }
}
