package dev.bulla.conda.archive;

/** What stands at a path of an unpacked package. */
sealed interface Member {
    /** A file, also one that is a hard link to another, by its content. */
    record File(long sizeBytes, Sha256 sha256) implements Member {}

    /** A soft link; its target is relative to the folder it is in. */
    record SoftLink(String target) implements Member {}

    /** A directory. */
    record Directory() implements Member {}
}
