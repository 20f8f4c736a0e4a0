package dev.bulla.conda.archive;

/**
 * What an accepted package contains.
 *
 * @param index its {@code info/index.json}
 * @param files how many files and soft links it installs
 * @param unpackedBytes how much the archive unpacks to, with the headers of its tar archives
 */
public record PackageContents(IndexJson index, int files, long unpackedBytes) {}
