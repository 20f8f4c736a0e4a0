package dev.bulla.conda.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bulla.conda.name.Excerpt;
import dev.bulla.problem.Code;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What members before a member say about it: pax records (POSIX.1-2001) or GNU's long names. Times, owners and
 * attributes are passed over; whatever could change how content is read is refused. Not safe to share between threads.
 */
final class TarExtensions {
    private static final Set<String> PASSED_OVER =
            Set.of("atime", "ctime", "mtime", "uid", "gid", "uname", "gname", "comment");
    private static final Pattern VENDOR = Pattern.compile("(SCHILY|LIBARCHIVE|RHT)\\..*", Pattern.DOTALL);

    private @Nullable String path;
    private @Nullable String target;
    private @Nullable Long sizeBytes;

    void gnuPath(byte[] content) {
        path = once("path", path, withoutEnd(content));
    }

    void gnuTarget(byte[] content) {
        target = once("link target", target, withoutEnd(content));
    }

    /** Reads {@code <length> <keyword>=<value>\n} until the content ends. */
    void pax(byte[] content) {
        var position = 0;
        while (position < content.length) {
            var space = indexOf(content, ' ', position);
            var length = length(content, position, space);
            var equals = indexOf(content, '=', space);
            var end = position + length - 1;
            if (equals >= end || content[end] != '\n') {
                throw TarHeader.damaged("has a broken pax record");
            }
            var keyword = new String(content, space + 1, equals - space - 1, ISO_8859_1);
            record(keyword, TarHeader.decoded(content, equals + 1, end - equals - 1));
            position += length;
        }
    }

    private void record(String keyword, String value) {
        switch (keyword) {
            case "path" -> path = once(keyword, path, value);
            case "linkpath" -> target = once(keyword, target, value);
            case "size" -> sizeBytes = once(keyword, sizeBytes, size(value));
            default -> {
                if (!PASSED_OVER.contains(keyword) && !VENDOR.matcher(keyword).matches()) {
                    throw new ArchiveException(
                            Code.ARCHIVE_UNSAFE, "a tar archive in it has a pax record " + Excerpt.of(keyword));
                }
            }
        }
    }

    String pathOr(String other) {
        return path == null ? other : path;
    }

    String targetOr(String other) {
        return target == null ? other : target;
    }

    long sizeOr(long other) {
        return sizeBytes == null ? other : sizeBytes;
    }

    private static <T> T once(String what, @Nullable T before, T now) {
        if (before != null) {
            throw new ArchiveException(Code.ARCHIVE_UNSAFE, "a tar archive in it gives a member two of " + what);
        }
        return now;
    }

    private static long size(String value) {
        if (!value.matches("[0-9]{1,18}")) {
            throw TarHeader.damaged("has a broken pax record");
        }
        return Long.parseLong(value);
    }

    private static int length(byte[] content, int start, int space) {
        var digits = new String(content, start, space - start, ISO_8859_1);
        if (!digits.matches("[1-9][0-9]{0,6}") || Integer.parseInt(digits) > content.length - start) {
            throw TarHeader.damaged("has a broken pax record");
        }
        return Integer.parseInt(digits);
    }

    private static int indexOf(byte[] content, char wanted, int from) {
        for (var i = from; i < content.length; i++) {
            if (content[i] == wanted) {
                return i;
            }
        }
        throw TarHeader.damaged("has a broken pax record");
    }

    private static String withoutEnd(byte[] content) {
        var length = content.length;
        while (length > 0 && content[length - 1] == 0) {
            length--;
        }
        return TarHeader.decoded(content, 0, length);
    }
}
