/**
 * The index files of every subdir, derived from the catalog.
 *
 * <p>A generation is a folder of files that never change: for each view {@code repodata.json} and {@code
 * repodata.json.zst} with that view's signatures, and a manifest with their digests. It is named by the journal position
 * of the last change it shows, so it is known without any further record whether it is up to date. A new one is written
 * aside, then its folder takes its name, then readers are pointed to it, all at once. None of it needs to survive: what is
 * missing, damaged or behind at start is made again. Many changes that wait are shown by one generation.
 */
@NullMarked
package dev.bulla.channel.index;

import org.jspecify.annotations.NullMarked;
