package dev.bulla.conda.name;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.Arrays;

/** The file name of a package archive: {@code <name>-<version>-<build><extension>}. */
public record ArchiveName(PackageName name, Version version, BuildString build, ArchiveType type) {
    private static final int MAX_LENGTH = 211;

    /** Splits at the last two dashes, since only a package's name may contain any. */
    public static ArchiveName parse(String fileName) {
        var type = typeOf(fileName);
        var stem = fileName.substring(0, fileName.length() - type.extension().length());
        var beforeBuild = stem.lastIndexOf('-');
        var beforeVersion = stem.lastIndexOf('-', beforeBuild - 1);
        if (beforeVersion < 0) {
            throw refused(fileName, "is not <name>-<version>-<build>" + type.extension());
        }
        return new ArchiveName(
                PackageName.parse(stem.substring(0, beforeVersion)),
                Version.parse(stem.substring(beforeVersion + 1, beforeBuild)),
                BuildString.parse(stem.substring(beforeBuild + 1)),
                type);
    }

    private static ArchiveType typeOf(String fileName) {
        if (fileName.length() > MAX_LENGTH) {
            throw refused(fileName, "has " + fileName.length() + " characters; at most " + MAX_LENGTH + " are allowed");
        }
        return Arrays.stream(ArchiveType.values())
                .filter(type -> fileName.endsWith(type.extension()))
                .findFirst()
                .orElseThrow(() -> refused(fileName, "ends neither in .conda nor in .tar.bz2"));
    }

    private static ProblemException refused(String fileName, String why) {
        return new ProblemException(Code.NAME_INVALID, "file name " + Excerpt.of(fileName) + " " + why);
    }

    /** {@code <name>-<version>-<build>}. */
    public String stem() {
        return name + "-" + version + "-" + build;
    }

    /** The whole file name. */
    public String fileName() {
        return stem() + type.extension();
    }

    @Override
    public String toString() {
        return fileName();
    }
}
