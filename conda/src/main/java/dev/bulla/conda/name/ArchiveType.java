package dev.bulla.conda.name;

/** The two formats of package archives (CEP 35), and the map of an index that lists each. */
public enum ArchiveType {
    /** One tar archive compressed with bzip2. */
    TAR_BZ2(".tar.bz2", "packages"),
    /** A ZIP of two tar archives compressed with zstd. */
    CONDA(".conda", "packages.conda");

    private final String extension;
    private final String section;

    ArchiveType(String extension, String section) {
        this.extension = extension;
        this.section = section;
    }

    /** The end of the file name, with its dot. */
    public String extension() {
        return extension;
    }

    /** The member of {@code repodata.json} that lists archives of this type. */
    public String section() {
        return section;
    }
}
