package dev.bulla.conda.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bulla.problem.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Numbers and texts of ZIP's headers, one after another; reading over the end is damage. */
final class ZipFields {
    private final ByteBuffer bytes;

    private ZipFields(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The fields in this part of the file. */
    static ZipFields read(FileChannel channel, long start, int length) throws IOException {
        if (start < 0 || start > channel.size() - length) {
            throw damaged("refers to bytes outside the file");
        }
        return new ZipFields(FileSlice.bytes(channel, start, length));
    }

    int u16() {
        return Short.toUnsignedInt(need(2).getShort());
    }

    long u32() {
        return Integer.toUnsignedLong(need(4).getInt());
    }

    /** A number of 64 bits that is no negative one in Java. */
    long u64() {
        var number = need(8).getLong();
        if (number < 0) {
            throw damaged("has an impossible number");
        }
        return number;
    }

    String text(int length) {
        var text = new byte[length];
        need(length).get(text);
        return new String(text, ISO_8859_1);
    }

    ZipFields fields(int length) {
        var part = new ZipFields(need(length).slice(bytes.position(), length));
        bytes.position(bytes.position() + length);
        return part;
    }

    int remaining() {
        return bytes.remaining();
    }

    private ByteBuffer need(int length) {
        if (bytes.remaining() < length) {
            throw damaged("has a header that is too short");
        }
        return bytes;
    }

    static ArchiveException damaged(String why) {
        return new ArchiveException(Code.ARCHIVE_DAMAGED, "the ZIP archive " + why);
    }
}
