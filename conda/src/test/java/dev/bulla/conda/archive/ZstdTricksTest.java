package dev.bulla.conda.archive;

import static dev.bulla.conda.archive.Reading.assertRefused;
import static dev.bulla.conda.archive.Reading.read;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.Zstd;
import dev.bulla.problem.Code;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** A member that is compressed with zstd must be one frame that every client can read. */
class ZstdTricksTest {
    private static final TinyPackage TINY = Packages.tiny("tiny");
    private static final String NAME = TINY.condaName();
    private static final byte[] INFO = Packages.zstd(TINY.infoTar().bytes());
    private static final byte[] PKG = Packages.zstd(TINY.payloadTar().bytes());

    @Test
    void one_frame_at_the_highest_level_is_read() {
        var best = Zstd.compress(TINY.payloadTar().bytes(), 22);
        assertEquals(1, read(NAME, TINY.condaZip(INFO, best).bytes()).files());
    }

    @Test
    void a_second_frame_is_refused_since_some_readers_stop_before_it() {
        refused(Code.ARCHIVE_UNSAFE, "has bytes after its zstd frame", joined(PKG, Packages.zstd(new byte[0])));
    }

    @Test
    void a_frame_that_carries_no_data_is_refused() {
        var skippable = HexFormat.of().parseHex("502a4d1804000000deadbeef");
        refused(Code.ARCHIVE_UNSAFE, "has bytes after its zstd frame", joined(PKG, skippable));
        refused(Code.ARCHIVE_DAMAGED, "is no zstd frame", joined(skippable, PKG));
    }

    @Test
    void a_byte_behind_the_frame_is_refused() {
        refused(Code.ARCHIVE_UNSAFE, "has bytes after its zstd frame", joined(PKG, new byte[1]));
    }

    @Test
    void a_frame_cut_at_any_byte_is_refused() {
        for (var length = 0; length < PKG.length; length++) {
            refused(Code.ARCHIVE_DAMAGED, "zstd frame", Arrays.copyOf(PKG, length));
        }
    }

    @Test
    void a_window_over_128_MiB_is_refused() {
        // Magic, no content size, window descriptor, then one empty last block.
        var limit = HexFormat.of().parseHex("28b52ffd" + "00" + "88" + "010000");
        refused(Code.ARCHIVE_DAMAGED, "closing blocks", limit);
        var over = HexFormat.of().parseHex("28b52ffd" + "00" + "89" + "010000");
        refused(Code.ARCHIVE_TOO_LARGE, "zstd window over 134217728 bytes", over);
    }

    @Test
    void a_single_segment_over_128_MiB_is_refused() {
        var over = HexFormat.of().parseHex("28b52ffd" + "a0" + "01000008" + "010000");
        refused(Code.ARCHIVE_TOO_LARGE, "zstd window", over);
    }

    @Test
    void a_frame_that_needs_a_dictionary_is_refused() {
        refused(Code.ARCHIVE_UNSAFE, "dictionary", HexFormat.of().parseHex("28b52ffd" + "01" + "50" + "07" + "010000"));
    }

    @Test
    void a_reserved_bit_is_refused() {
        refused(Code.ARCHIVE_DAMAGED, "reserved", HexFormat.of().parseHex("28b52ffd" + "08" + "50" + "010000"));
    }

    @Test
    void broken_content_in_a_whole_frame_is_refused() {
        var broken = PKG.clone();
        Arrays.fill(broken, broken.length - 12, broken.length, (byte) 0x55);
        refused(Code.ARCHIVE_DAMAGED, "", broken);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    private static void refused(Code code, String said, byte[] payload) {
        assertRefused(code, said, NAME, TINY.condaZip(INFO, payload).bytes());
    }
}
