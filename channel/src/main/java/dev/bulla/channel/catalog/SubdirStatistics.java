package dev.bulla.channel.catalog;

import dev.bulla.conda.name.Subdir;

/**
 * How much a subdir has.
 *
 * @param subdir which
 * @param artifacts all that were published and not deleted
 * @param bytes of them
 * @param packages how many names they have
 * @param yanked how many were taken out of the indexes
 * @param patched of how many patch instructions change the record
 * @param patchedOut how many they leave out
 */
public record SubdirStatistics(
        Subdir subdir, long artifacts, long bytes, long packages, long yanked, long patched, long patchedOut) {}
