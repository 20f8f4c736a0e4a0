package dev.bulla.channel;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Subdir;

/**
 * What came of a yank or a restoration.
 *
 * @param subdir where
 * @param name of which artifact
 * @param yanked whether the indexes leave it out now
 * @param changed whether they did otherwise before
 * @param generation a generation of the index that shows it so
 */
public record YankResult(Subdir subdir, ArchiveName name, boolean yanked, boolean changed, long generation) {}
