package dev.bulla.channel.patch;

import dev.bulla.conda.name.Subdir;

/**
 * What instructions change, against what was shown before.
 *
 * @param subdir whose records
 * @param changed how many records are others
 * @param removed how many are left out that were listed
 * @param returned how many are listed that were left out
 * @param done whether it was done, not only looked at
 * @param generation a generation of the indexes that shows it; the present one when it was not done
 */
public record PatchResult(Subdir subdir, int changed, int removed, int returned, boolean done, long generation) {
    @Override
    public String toString() {
        return changed + " changed, " + removed + " removed, " + returned + " returned";
    }
}
