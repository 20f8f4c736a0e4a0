package dev.bulla.conda.index;

/** The documents of an index that are made of blocks, one for each package name. */
public enum IndexForm {
    /** The records and their signatures (CEP 36); also compressed. */
    REPODATA("repodata.json", true, 6),
    /** The records as they were before patches; without signatures. */
    FROM_PACKAGES("repodata_from_packages.json", false, 6),
    /** What packages add to the requirements of those built against them (CEP 12); also compressed. */
    RUN_EXPORTS("run_exports.json", true, 2),
    /** What a channel says about each of its packages (CEP 38). */
    CHANNELDATA("channeldata.json", false, 1);

    private final String fileName;
    private final boolean compressed;
    private final int sections;

    IndexForm(String fileName, boolean compressed, int sections) {
        this.fileName = fileName;
        this.compressed = compressed;
        this.sections = sections;
    }

    /** The document's file name. */
    public String fileName() {
        return fileName;
    }

    /** Whether it is there a second time, compressed. */
    public boolean isCompressed() {
        return compressed;
    }

    /** The file name of the compressed document. */
    public String compressedName() {
        return fileName + ".zst";
    }

    /** The file that tells where the blocks are; it is nobody's business but ours. */
    public String blocksName() {
        return fileName + ".blocks";
    }

    /** How many parts of the document are made of blocks. */
    int sections() {
        return sections;
    }
}
