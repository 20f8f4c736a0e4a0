package dev.bulla.conda.archive;

/**
 * What an accepted package contains.
 *
 * @param index its {@code info/index.json}
 * @param runExports its {@code info/run_exports.json}
 * @param about its {@code info/about.json}
 * @param files how many files and soft links it installs, as its list of paths says where no payload was read
 * @param pathsListed whether it has {@code info/paths.json}
 * @param unpackedBytes how much of the archive was unpacked, with the headers of its tar archives
 */
public record PackageContents(
        IndexJson index, RunExports runExports, AboutJson about, int files, boolean pathsListed, long unpackedBytes) {}
