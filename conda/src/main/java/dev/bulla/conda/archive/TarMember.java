package dev.bulla.conda.archive;

/**
 * A member of a tar archive.
 *
 * @param path checked by {@link PathRules}; empty for the root directory itself
 * @param target of a link as it stands there, else empty
 * @param sizeBytes of a file's content, else 0
 */
record TarMember(Type type, String path, String target, long sizeBytes) {
    enum Type {
        FILE,
        HARD_LINK,
        SOFT_LINK,
        DIRECTORY
    }
}
