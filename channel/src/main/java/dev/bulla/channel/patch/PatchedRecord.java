package dev.bulla.channel.patch;

import dev.bulla.conda.repodata.PackageRecord;
import org.jspecify.annotations.Nullable;

/**
 * What instructions make of a record.
 *
 * @param original it without them
 * @param shown it as it is to be signed; the original when it is left out
 * @param patchedOut whether no index lists it
 */
public record PatchedRecord(PackageRecord original, PackageRecord shown, boolean patchedOut) {
    /** The original as compact JSON; null when it is what is shown. */
    public byte @Nullable [] changedFrom() {
        return shown.equals(original) ? null : original.json();
    }

    /** Whether there is anything to remember beside what is shown. */
    public boolean isPatched() {
        return patchedOut || !shown.equals(original);
    }
}
