package dev.bulla.conda.index;

/**
 * The files of one subdir.
 *
 * @param json {@code repodata.json}
 * @param zst {@code repodata.json.zst}, the same document compressed
 */
public record SubdirIndex(IndexFile json, IndexFile zst) {}
