/**
 * The index files of every unit, a subdir as one label shows it, derived from the catalog.
 *
 * <p>Shards are made before a publication is answered: one file for each package that was changed, named by its digest,
 * and a map in memory, {@link dev.bulla.channel.index.ShardGeneration}, that readers are pointed to. What lists a unit
 * whole is made by one thread when the unit is quiet, of a small unit by whoever asks for it before that: a {@link
 * dev.bulla.channel.index.Generation} is a folder of files that never change, of one view, named by the journal position
 * of the last change it shows, with a manifest and, in conda's, the shard index. It is spliced from the one before, written
 * aside, its folder takes its name, then readers are pointed to it. None of it needs to survive: what is missing, damaged
 * or behind at start is made again. Many changes that wait are shown by one generation. Start at {@link dev.bulla.channel.index.Indexes}.
 */
@NullMarked
package dev.bulla.channel.index;

import org.jspecify.annotations.NullMarked;
