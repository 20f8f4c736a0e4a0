package dev.bulla.conda.archive;

import dev.bulla.conda.name.Excerpt;
import dev.bulla.problem.Code;
import java.util.regex.Pattern;

/** Which paths a member may have: relative, below the prefix, and the same file on every operating system. */
final class PathRules {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");
    private static final int MAX_NAME_LENGTH = 255;

    private PathRules() {}

    /** The path without {@code ./} before and a slash behind it, as {@code tar} writes both; empty for the root. */
    static String normal(String path) {
        var relative = path.startsWith("./") ? path.substring(2) : path.equals(".") ? "" : path;
        var name = relative.endsWith("/") ? relative.substring(0, relative.length() - 1) : relative;
        if (!name.isEmpty() || path.startsWith(".")) {
            check(path, name);
            return name;
        }
        throw unsafe(path, "is empty or absolute");
    }

    /** Whether a link's target starts from the link's folder on every operating system. */
    static boolean isRelative(String target) {
        return !isAbsolute(target) && !hasOddCharacter(target);
    }

    private static boolean isAbsolute(String path) {
        return path.startsWith("/") || DRIVE.matcher(path).matches();
    }

    private static boolean hasOddCharacter(String path) {
        return path.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c));
    }

    private static void check(String path, String name) {
        if (isAbsolute(name)) {
            throw unsafe(path, "is absolute");
        }
        if (hasOddCharacter(name)) {
            throw unsafe(path, "has a backslash or a control character");
        }
        for (var part : name.isEmpty() ? new String[0] : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw unsafe(path, "has an empty part, . or ..");
            }
            if (part.length() > MAX_NAME_LENGTH) {
                throw unsafe(path, "has a part over " + MAX_NAME_LENGTH + " characters");
            }
        }
    }

    private static ArchiveException unsafe(String path, String why) {
        return new ArchiveException(Code.ARCHIVE_UNSAFE, "path " + Excerpt.of(path) + " " + why);
    }
}
