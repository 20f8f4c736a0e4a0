package dev.bulla.conda.shards;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

/** One zstd frame that is made and read in memory. */
final class Frame {
    private static final int LEVEL = 3;

    private Frame() {}

    static byte[] compress(MessagePackWriter written) {
        try (var context = new ZstdCompressCtx()) {
            context.setLevel(LEVEL).setContentSize(true).setChecksum(false);
            var packed = new byte[Math.toIntExact(Zstd.compressBound(written.length()))];
            var length = context.compressByteArray(packed, 0, packed.length, written.buffer(), 0, written.length());
            return Arrays.copyOf(packed, length);
        }
    }

    /**
     * What is in the frame.
     *
     * @param maxBytes the most that may come out
     * @param maxWindowLog the largest window that is taken, as a power of two
     * @throws InvalidMessagePackException if it is damaged, more than this, or not all of the bytes
     */
    static byte[] decompress(byte[] packed, int maxBytes, int maxWindowLog) {
        checkIsOne(packed);
        try (var zstd = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(packed))) {
            zstd.setLongMax(maxWindowLog);
            var plain = zstd.readNBytes(maxBytes);
            if (zstd.read() >= 0) {
                throw new InvalidMessagePackException("unpacks to more than " + maxBytes + " bytes");
            }
            return plain;
        } catch (IOException e) {
            throw new InvalidMessagePackException("not zstd: " + e.getMessage());
        }
    }

    /** Some clients stop after the first frame, so whatever followed would be there for others only. */
    private static void checkIsOne(byte[] packed) {
        if (packed.length == 0) {
            throw new InvalidMessagePackException("not zstd: no bytes");
        }
        if (frameLength(packed) != packed.length) {
            throw new InvalidMessagePackException("bytes follow the zstd frame");
        }
    }

    private static long frameLength(byte[] packed) {
        try {
            return Zstd.findFrameCompressedSize(packed);
        } catch (ZstdException e) {
            throw new InvalidMessagePackException("not zstd: " + e.getMessage());
        }
    }
}
