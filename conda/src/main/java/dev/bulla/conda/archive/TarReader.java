package dev.bulla.conda.archive;

import dev.bulla.conda.name.Excerpt;
import dev.bulla.problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Walks through a tar archive that holds files, links and directories and nothing else, and that every reader of the
 * format must understand alike. Not safe to share between threads.
 */
final class TarReader {
    private static final int MAX_EXTENSION = 64 << 10;

    private final InputStream in;
    private final Budget budget;
    private final byte[] block = new byte[TarHeader.BLOCK];
    private long remaining;
    private int padding;

    TarReader(InputStream in, Budget budget) {
        this.in = in;
        this.budget = budget;
    }

    /** The next member; what was not read of the one before is passed over. */
    Optional<TarMember> next() throws IOException {
        var extensions = new TarExtensions();
        while (true) {
            finishContent();
            if (!readBlock()) {
                throw TarHeader.damaged("ends without its closing blocks");
            }
            if (TarHeader.isZero(block)) {
                requireOnlyZeros();
                return Optional.empty();
            }
            budget.countMember();
            var header = TarHeader.of(block);
            switch (header.type()) {
                case 'x' -> extensions.pax(extension(header));
                case 'L' -> extensions.gnuPath(extension(header));
                case 'K' -> extensions.gnuTarget(extension(header));
                default -> {
                    return Optional.of(member(header, extensions));
                }
            }
        }
    }

    /** The next bytes of the member's content; -1 at its end. */
    int read(byte[] bytes, int offset, int length) throws IOException {
        if (remaining == 0) {
            return -1;
        }
        var count = in.read(bytes, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            throw TarHeader.damaged("ends within a member");
        }
        remaining -= count;
        return count;
    }

    private TarMember member(TarHeader header, TarExtensions extensions) {
        var raw = extensions.pathOr(header.path());
        var type = type(header, raw);
        var target = extensions.targetOr(header.target());
        var size = header.sizeBytes();
        budget.countPath(raw, target);
        if (extensions.sizeOr(size) != size) {
            throw unsafe(raw, "has two sizes; readers differ in which of them they follow");
        }
        if (type != TarMember.Type.FILE && size != 0) {
            throw unsafe(raw, "is a link or directory with content");
        }
        if (type != TarMember.Type.DIRECTORY && raw.endsWith("/")) {
            throw unsafe(raw, "ends in a slash and is no directory");
        }
        startContent(size);
        var isLink = type == TarMember.Type.HARD_LINK || type == TarMember.Type.SOFT_LINK;
        return new TarMember(type, PathRules.normal(raw), isLink ? target : "", size);
    }

    private static TarMember.Type type(TarHeader header, String path) {
        return switch (header.type()) {
            case '0', '\0' -> TarMember.Type.FILE;
            case '1' -> TarMember.Type.HARD_LINK;
            case '2' -> TarMember.Type.SOFT_LINK;
            case '5' -> TarMember.Type.DIRECTORY;
            default ->
                throw unsafe(path, "is no file, link or directory, but of type " + Excerpt.of("" + header.type()));
        };
    }

    private byte[] extension(TarHeader header) throws IOException {
        if (header.sizeBytes() > MAX_EXTENSION) {
            throw new ArchiveException(
                    Code.ARCHIVE_TOO_LARGE,
                    "a tar archive in it has an extended header over " + MAX_EXTENSION + " bytes");
        }
        startContent(header.sizeBytes());
        var content = new byte[(int) header.sizeBytes()];
        if (in.readNBytes(content, 0, content.length) < content.length) {
            throw TarHeader.damaged("ends within a member");
        }
        remaining = 0;
        return content;
    }

    private void startContent(long size) {
        remaining = size;
        padding = (int) (-size & (TarHeader.BLOCK - 1));
    }

    private void finishContent() throws IOException {
        while (remaining > 0) {
            read(block, 0, block.length);
        }
        if (in.readNBytes(block, 0, padding) < padding) {
            throw TarHeader.damaged("ends within a member");
        }
        padding = 0;
    }

    private boolean readBlock() throws IOException {
        var count = in.readNBytes(block, 0, block.length);
        if (count > 0 && count < block.length) {
            throw TarHeader.damaged("ends within a header");
        }
        return count > 0;
    }

    /** After the closing blocks some writers pad; a second archive there would be seen by some readers only. */
    private void requireOnlyZeros() throws IOException {
        var count = in.readNBytes(block, 0, block.length);
        while (count > 0) {
            for (var i = 0; i < count; i++) {
                if (block[i] != 0) {
                    throw new ArchiveException(Code.ARCHIVE_UNSAFE, "a tar archive in it has content after its end");
                }
            }
            count = in.readNBytes(block, 0, block.length);
        }
    }

    private static ArchiveException unsafe(String path, String why) {
        return new ArchiveException(Code.ARCHIVE_UNSAFE, "member " + Excerpt.of(path) + " " + why);
    }
}
