package dev.bulla.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;

/**
 * A ZIP archive with stored members, written field by field, well-formed unless told otherwise. Not safe to share
 * between threads.
 */
public final class ZipBytes {
    private static final long UNKNOWN = 0xffffffffL;

    private final LittleEndian out = new LittleEndian();
    private final LittleEndian central = new LittleEndian();
    private byte[] comment = new byte[0];
    private boolean zip64;
    private long smallEndOffset = UNKNOWN;
    private int listed;

    /** Adds a well-formed stored member. */
    public ZipBytes stored(String name, byte[] content) {
        return member(new ZipMember(name, content));
    }

    /** Adds a member as described. */
    public ZipBytes member(ZipMember member) {
        var offset = out.size();
        return hidden(member).listed(member, offset);
    }

    /** Adds a member that the central directory does not list. */
    public ZipBytes hidden(ZipMember member) {
        var name = member.localName().getBytes(UTF_8);
        out.u32(0x04034b50).u16(20).u16(member.flags()).u16(member.method()).u32(0x00210000);
        out.u32(crc(member)).u32(member.localSize()).u32(member.localSize());
        out.u16(name.length).u16(0).bytes(name).bytes(member.content());
        return this;
    }

    /** Lists a member in the central directory once more, as if it began at this offset. */
    public ZipBytes listed(ZipMember member, long offset) {
        var name = member.name().getBytes(UTF_8);
        var size = zip64 ? UNKNOWN : member.centralSize();
        central.u32(0x02014b50).u16(20).u16(zip64 ? 45 : 20);
        central.u16(member.flags()).u16(member.method()).u32(0x00210000);
        central.u32(crc(member)).u32(size).u32(size).u16(name.length).u16(zip64 ? 28 : 0);
        central.u16(0)
                .u16(0)
                .u16(0)
                .u32(0x81a40000L)
                .u32(zip64 ? UNKNOWN : offset)
                .bytes(name);
        if (zip64) {
            central.u16(1)
                    .u16(24)
                    .u64(member.centralSize())
                    .u64(member.centralSize())
                    .u64(offset);
        }
        listed++;
        return this;
    }

    /** Adds bytes as they are, at this place. */
    public ZipBytes raw(byte[] bytes) {
        out.bytes(bytes);
        return this;
    }

    /** Gives the archive a comment. */
    public ZipBytes comment(String text) {
        comment = text.getBytes(UTF_8);
        return this;
    }

    /** Writes the central directory in the 64-bit form; call it first. */
    public ZipBytes zip64() {
        zip64 = true;
        return this;
    }

    /** Writes this offset of the directory into the last record, though the 64-bit one before it has it already. */
    public ZipBytes smallEndOffset(long offset) {
        smallEndOffset = offset;
        return this;
    }

    /** Where the next member starts, and the directory after the last. */
    public long position() {
        return out.size();
    }

    /** The archive. */
    public byte[] bytes() {
        var start = out.size();
        var size = central.size();
        var all = new LittleEndian().bytes(out.toByteArray()).bytes(central.toByteArray());
        if (zip64) {
            all.u32(0x06064b50)
                    .u64(44)
                    .u16(45)
                    .u16(45)
                    .u32(0)
                    .u32(0)
                    .u64(listed)
                    .u64(listed);
            all.u64(size).u64(start).u32(0x07064b50).u32(0).u64(start + size).u32(1);
        }
        var count = zip64 ? 0xffff : listed;
        all.u32(0x06054b50).u16(0).u16(0).u16(count).u16(count);
        all.u32(zip64 ? UNKNOWN : size).u32(zip64 ? smallEndOffset : start);
        return all.u16(comment.length).bytes(comment).toByteArray();
    }

    private static long crc(ZipMember member) {
        var crc = new CRC32();
        crc.update(member.content());
        return member.wrongCrc() ? crc.getValue() ^ 1 : crc.getValue();
    }

    /** Numbers as ZIP writes them. */
    private static final class LittleEndian extends ByteArrayOutputStream {
        LittleEndian u16(int value) {
            write(value);
            write(value >> 8);
            return this;
        }

        LittleEndian u32(long value) {
            return u16((int) value).u16((int) (value >> 16));
        }

        LittleEndian u64(long value) {
            return u32(value).u32(value >> 32);
        }

        LittleEndian bytes(byte[] bytes) {
            writeBytes(bytes);
            return this;
        }
    }
}
