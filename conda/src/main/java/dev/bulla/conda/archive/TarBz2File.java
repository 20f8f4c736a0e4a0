package dev.bulla.conda.archive;

import dev.bulla.problem.Code;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** A {@code .tar.bz2} archive (CEP 35): one tar archive in one or more bzip2 streams, with nothing behind them. */
final class TarBz2File {
    private static final int MAGIC_LENGTH = 3;
    private static final int BUFFER = 1 << 16;

    private TarBz2File() {}

    static void read(FileChannel channel, Contents contents) throws IOException {
        if (channel.size() < MAGIC_LENGTH || !isBzip2(channel)) {
            throw new ArchiveException(
                    Code.ARCHIVE_NOT_A_PACKAGE, "the file is not compressed with bzip2, as a .tar.bz2 file is");
        }
        try (var bzip2 = open(new BufferedInputStream(new FileSlice(channel, 0, channel.size()), BUFFER))) {
            contents.add(Contents.Part.WHOLE, bzip2);
        }
    }

    /** Opening reads the first stream's header already. */
    private static InputStream open(InputStream in) throws IOException {
        try {
            return new BZip2CompressorInputStream(in, true);
        } catch (IOException e) {
            throw new DecodingException(e);
        }
    }

    private static boolean isBzip2(FileChannel channel) throws IOException {
        var magic = FileSlice.bytes(channel, 0, MAGIC_LENGTH);
        return magic.get(0) == 'B' && magic.get(1) == 'Z' && magic.get(2) == 'h';
    }
}
