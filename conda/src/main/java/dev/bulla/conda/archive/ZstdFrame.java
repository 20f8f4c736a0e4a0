package dev.bulla.conda.archive;

import dev.bulla.problem.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * The outline of a zstd frame (RFC 8878): where its blocks are, without their content. Some readers stop after the first
 * frame and some skip frames that carry no data, so a member must be one data frame from its first byte to its last.
 */
final class ZstdFrame {
    private static final long MAGIC = 0xfd2fb528L;
    private static final int MAX_WINDOW_LOG = 27;

    private final FileChannel channel;
    private final ZipMember member;
    private final long end;
    private long position;

    private ZstdFrame(FileChannel channel, ZipMember member) {
        this.channel = channel;
        this.member = member;
        this.position = member.offset();
        this.end = member.offset() + member.sizeBytes();
    }

    /** Refuses a member that is anything but one frame, or that needs a window over 128 MiB or a dictionary. */
    static void check(FileChannel channel, ZipMember member) throws IOException {
        var frame = new ZstdFrame(channel, member);
        frame.blocks(frame.header());
        if (frame.position < frame.end) {
            throw frame.refused(Code.ARCHIVE_UNSAFE, "has bytes after its zstd frame");
        }
    }

    /** Reads the frame's header and says how many bytes of checksum end the frame. */
    private int header() throws IOException {
        if (number(4) != MAGIC) {
            throw refused(Code.ARCHIVE_DAMAGED, "is no zstd frame");
        }
        var descriptor = (int) number(1);
        var isSingleSegment = (descriptor & 0x20) != 0;
        if ((descriptor & 0x08) != 0) {
            throw refused(Code.ARCHIVE_DAMAGED, "has a reserved bit in its zstd frame");
        }
        if ((descriptor & 0x03) != 0) {
            throw refused(Code.ARCHIVE_UNSAFE, "needs a zstd dictionary");
        }
        if (!isSingleSegment) {
            checkWindow((int) number(1));
        }
        var contentSizeBytes = (descriptor >>> 6) == 0 ? (isSingleSegment ? 1 : 0) : 1 << (descriptor >>> 6);
        var contentSize = number(contentSizeBytes);
        if (isSingleSegment && Long.compareUnsigned(contentSize, 1L << MAX_WINDOW_LOG) > 0) {
            throw windowTooLarge();
        }
        return (descriptor & 0x04) != 0 ? 4 : 0;
    }

    /** RFC 8878 section 3.1.1.1.2: five bits of exponent, three of mantissa. */
    private void checkWindow(int descriptor) {
        var exponent = 10 + (descriptor >>> 3);
        if (exponent > MAX_WINDOW_LOG || (exponent == MAX_WINDOW_LOG && (descriptor & 7) != 0)) {
            throw windowTooLarge();
        }
    }

    private void blocks(int checksumBytes) throws IOException {
        while (true) {
            var block = (int) number(3);
            var isRunLength = (block >>> 1 & 3) == 1;
            skip(isRunLength ? 1 : block >>> 3);
            if ((block & 1) == 1) {
                skip(checksumBytes);
                return;
            }
        }
    }

    private long number(int length) throws IOException {
        var start = position;
        skip(length);
        var bytes = FileSlice.bytes(channel, start, length);
        var number = 0L;
        for (var i = length - 1; i >= 0; i--) {
            number = number << 8 | (bytes.get(i) & 0xff);
        }
        return number;
    }

    private void skip(int length) {
        position += length;
        if (position > end) {
            throw refused(Code.ARCHIVE_DAMAGED, "ends within its zstd frame");
        }
    }

    private ArchiveException windowTooLarge() {
        return refused(Code.ARCHIVE_TOO_LARGE, "needs a zstd window over " + (1L << MAX_WINDOW_LOG) + " bytes");
    }

    private ArchiveException refused(Code code, String why) {
        return new ArchiveException(code, "member " + member.name() + " " + why);
    }
}
