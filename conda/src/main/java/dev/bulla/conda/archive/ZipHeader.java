package dev.bulla.conda.archive;

import dev.bulla.conda.name.Excerpt;
import dev.bulla.problem.Code;
import java.util.Set;

/**
 * What a local header and an entry of the central directory both say about a member.
 *
 * @param offset of the local header; 0 where a local header was read
 */
record ZipHeader(String name, int flags, int method, long crc, long sizeBytes, long offset) {
    static final long LOCAL = 0x04034b50L;
    static final long CENTRAL = 0x02014b50L;
    static final int LOCAL_LENGTH = 30;

    private static final long UNKNOWN = 0xffffffffL;
    private static final int UTF8_NAMES = 0x0800;
    private static final int ZIP64 = 1;

    /** Times and owners, which mean nothing here: other extra fields could give another name or size. */
    private static final Set<Integer> HARMLESS_EXTRAS = Set.of(0x000a, 0x5455, 0x5855, 0x7855, 0x7875);

    private static final int FILE_TYPE = 0xf000;
    private static final int REGULAR = 0x8000;

    /** Reads the entry of the central directory at which the fields stand. */
    static ZipHeader central(ZipFields fields) {
        if (fields.u32() != CENTRAL) {
            throw ZipFields.damaged("has a broken central directory");
        }
        fields.fields(4);
        var header = Raw.read(fields);
        var commentLength = fields.u16();
        var disk = fields.u16();
        fields.u16();
        var fileType = (int) (fields.u32() >>> 16) & FILE_TYPE;
        var offset = fields.u32();
        var name = fields.text(header.nameLength);
        var extra = fields.fields(header.extraLength);
        require(commentLength == 0 && disk == 0, name, "has a comment or is on another disk");
        require(fileType == 0 || fileType == REGULAR, name, "is no regular file");
        return header.resolved(name, offset, extra);
    }

    /** Reads a local header up to its name and extra fields, whose lengths the first part tells. */
    static Raw local(ZipFields fields) {
        if (fields.u32() != LOCAL) {
            throw ZipFields.damaged("has no member where its directory says");
        }
        fields.fields(2);
        return Raw.read(fields);
    }

    /** The part of both headers that is laid out alike. */
    record Raw(int flags, int method, long crc, long packed, long size, int nameLength, int extraLength) {
        private static Raw read(ZipFields fields) {
            var flags = fields.u16();
            var method = fields.u16();
            fields.u32();
            return new Raw(flags, method, fields.u32(), fields.u32(), fields.u32(), fields.u16(), fields.u16());
        }

        /** With sizes and offset from the 64-bit extra field where the header itself leaves them open. */
        ZipHeader resolved(String name, long offset, ZipFields extra) {
            var zip64 = zip64(name, extra);
            var realSize = size == UNKNOWN ? zip64.u64() : size;
            var realPacked = packed == UNKNOWN ? zip64.u64() : packed;
            var realOffset = offset == UNKNOWN ? zip64.u64() : offset;
            require(zip64.remaining() == 0, name, "has a 64-bit extra field that does not fit its header");
            require((flags & ~UTF8_NAMES) == 0, name, "is encrypted, or its sizes follow its content");
            require(method == 0 && realSize == realPacked, name, "is compressed; it must be stored");
            return new ZipHeader(name, flags, method, crc, realSize, realOffset);
        }
    }

    private static ZipFields zip64(String name, ZipFields extra) {
        var zip64 = extra.fields(0);
        while (extra.remaining() > 0) {
            var id = extra.u16();
            var content = extra.fields(extra.u16());
            if (id == ZIP64 && zip64.remaining() == 0) {
                zip64 = content;
            } else {
                require(HARMLESS_EXTRAS.contains(id), name, "has an extra field " + Integer.toHexString(id));
            }
        }
        return zip64;
    }

    private static void require(boolean holds, String name, String otherwise) {
        if (!holds) {
            throw new ArchiveException(Code.ARCHIVE_UNSAFE, "member " + Excerpt.of(name) + " " + otherwise);
        }
    }
}
