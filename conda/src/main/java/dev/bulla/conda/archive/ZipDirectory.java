package dev.bulla.conda.archive;

import dev.bulla.conda.name.Excerpt;
import dev.bulla.problem.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * The members of a ZIP archive in which nothing can hide: stored members, one after another from the first byte, each
 * described twice and alike, then the central directory, then its end (with or without the 64-bit form), without
 * comment. Whoever reads it from the front and whoever reads it from the back must find the same.
 */
final class ZipDirectory {
    private static final long END = 0x06054b50L;
    private static final long END64 = 0x06064b50L;
    private static final long LOCATOR64 = 0x07064b50L;
    private static final int END_LENGTH = 22;
    private static final int END64_LENGTH = 56;
    private static final int LOCATOR64_LENGTH = 20;
    private static final int MAX_COMMENT = 0xffff;
    private static final int MAX_DIRECTORY = 16 << 10;
    private static final long UNKNOWN16 = 0xffffL;
    private static final long UNKNOWN32 = 0xffffffffL;

    private final FileChannel channel;
    private final long size;

    private ZipDirectory(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /** The archive's members in the order in which they stand in the file. */
    static List<ZipMember> read(FileChannel channel) throws IOException {
        var zip = new ZipDirectory(channel);
        var place = zip.end();
        var members = zip.members(place);
        checkContiguous(members, place);
        return members;
    }

    /** Where the central directory is, by the end of the archive. */
    private record Place(long members, long sizeBytes, long offset) {
        boolean isOrLeavesOpen(Place other) {
            return (members == UNKNOWN16 || members == other.members)
                    && (sizeBytes == UNKNOWN32 || sizeBytes == other.sizeBytes)
                    && (offset == UNKNOWN32 || offset == other.offset);
        }
    }

    private Place end() throws IOException {
        if (size < 4 || ZipFields.read(channel, 0, 2).u16() != 0x4b50) {
            throw new ArchiveException(Code.ARCHIVE_NOT_A_PACKAGE, "the file is no ZIP archive, as a .conda file is");
        }
        var start = size - END_LENGTH;
        if (start < 0 || ZipFields.read(channel, start, 4).u32() != END) {
            throw endMissing();
        }
        var fields = ZipFields.read(channel, start + 4, END_LENGTH - 4);
        var disks = fields.u32();
        var place = place(fields.u16(), fields.u16(), fields.u32(), fields.u32());
        if (disks != 0 || fields.u16() != 0) {
            throw ZipFields.damaged("continues on another disk or after its end");
        }
        var isSmall = place.members < UNKNOWN16 && place.sizeBytes < UNKNOWN32 && place.offset < UNKNOWN32;
        var leavesRoom = place.offset + place.sizeBytes == start - LOCATOR64_LENGTH - END64_LENGTH;
        return isSmall && !leavesRoom ? endingAt(place, start) : end64(place, start);
    }

    /** The 64-bit end stands before the other one, which repeats its numbers as far as they fit. */
    private Place end64(Place small, long end) throws IOException {
        var locatorStart = end - LOCATOR64_LENGTH;
        var start = locatorStart - END64_LENGTH;
        var locator = ZipFields.read(channel, locatorStart, LOCATOR64_LENGTH);
        if (locator.u32() != LOCATOR64 || locator.u32() != 0 || locator.u64() != start || locator.u32() != 1) {
            throw ZipFields.damaged("has a broken 64-bit end");
        }
        var fields = ZipFields.read(channel, start, END64_LENGTH);
        if (fields.u32() != END64 || fields.u64() != END64_LENGTH - 12) {
            throw ZipFields.damaged("has a broken 64-bit end");
        }
        fields.u32();
        if (fields.u64() != 0) {
            throw ZipFields.damaged("continues on another disk");
        }
        var place = place(fields.u64(), fields.u64(), fields.u64(), fields.u64());
        if (!small.isOrLeavesOpen(place)) {
            throw unsafe("has two ends that differ");
        }
        return endingAt(place, start);
    }

    private static Place place(long membersHere, long members, long sizeBytes, long offset) {
        if (membersHere != members) {
            throw ZipFields.damaged("counts its members twice and differently");
        }
        return new Place(members, sizeBytes, offset);
    }

    private static Place endingAt(Place place, long end) {
        if (place.sizeBytes > MAX_DIRECTORY) {
            throw unsafe("has a directory of " + place.sizeBytes + " bytes; a package has three members");
        }
        if (place.offset != end - place.sizeBytes) {
            throw unsafe("has bytes before its first member or after its directory");
        }
        return place;
    }

    /** Tells an archive that something follows from one that was cut. */
    private ArchiveException endMissing() throws IOException {
        var length = (int) Math.min(size, END_LENGTH + MAX_COMMENT);
        var tail = ZipFields.read(channel, size - length, length).text(length);
        var end = tail.indexOf("PK\5\6");
        return end >= 0 && end + END_LENGTH < length
                ? unsafe("has a comment or other bytes after its end")
                : ZipFields.damaged("does not end with the end of its directory: it was cut");
    }

    private List<ZipMember> members(Place place) throws IOException {
        var fields = ZipFields.read(channel, place.offset, (int) place.sizeBytes);
        var members = new ArrayList<ZipMember>();
        var names = new HashSet<String>();
        while (fields.remaining() > 0) {
            var header = ZipHeader.central(fields);
            if (!names.add(header.name())) {
                throw unsafe("has two members " + Excerpt.of(header.name()));
            }
            members.add(located(header));
        }
        if (members.size() != place.members) {
            throw ZipFields.damaged("has " + members.size() + " members and says " + place.members);
        }
        members.sort(Comparator.comparingLong(ZipMember::headerOffset));
        return members;
    }

    private ZipMember located(ZipHeader central) throws IOException {
        var raw = ZipHeader.local(ZipFields.read(channel, central.offset(), ZipHeader.LOCAL_LENGTH));
        var namesStart = central.offset() + ZipHeader.LOCAL_LENGTH;
        var namesLength = raw.nameLength() + raw.extraLength();
        var fields = ZipFields.read(channel, namesStart, namesLength);
        var local = raw.resolved(fields.text(raw.nameLength()), central.offset(), fields);
        if (!local.equals(central)) {
            throw unsafe("describes member " + Excerpt.of(central.name()) + " twice and differently");
        }
        return new ZipMember(
                central.name(), central.offset(), namesStart + namesLength, central.sizeBytes(), central.crc());
    }

    private static void checkContiguous(List<ZipMember> members, Place place) {
        var expected = 0L;
        for (var member : members) {
            if (member.headerOffset() != expected) {
                throw unsafe("has bytes that belong to no member before " + Excerpt.of(member.name()));
            }
            expected = member.end();
        }
        if (expected != place.offset) {
            throw unsafe("has bytes that belong to no member before its directory");
        }
    }

    private static ArchiveException unsafe(String why) {
        return new ArchiveException(Code.ARCHIVE_UNSAFE, "the ZIP archive " + why);
    }
}
