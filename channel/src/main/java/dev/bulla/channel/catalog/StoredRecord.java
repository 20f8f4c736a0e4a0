package dev.bulla.channel.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A record as patch instructions find it.
 *
 * @param artifactPosition journal position of its artifact's promotion
 * @param shown the record as it is, as compact JSON
 * @param changedFrom what it was without instructions; null when they did not change it
 * @param patchedOut whether instructions took it out of the indexes
 */
@SuppressWarnings("ArrayRecordComponent") // read to be looked at once, never compared or changed
public record StoredRecord(long artifactPosition, byte[] shown, byte @Nullable [] changedFrom, boolean patchedOut) {
    /** The record without instructions. */
    public byte[] original() {
        return changedFrom == null ? shown : changedFrom;
    }
}
