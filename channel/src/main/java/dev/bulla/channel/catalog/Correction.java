package dev.bulla.channel.catalog;

import org.jspecify.annotations.Nullable;

/**
 * How patch instructions want a record that is in the catalog.
 *
 * @param artifactPosition journal position of its artifact's promotion
 * @param shown the record as it shall be, with what vouches for it
 * @param original what it was without instructions, as compact JSON; null when they do not change it
 * @param patchedOut whether no index lists it
 */
@SuppressWarnings("ArrayRecordComponent") // handed over to be written, never compared or changed
public record Correction(long artifactPosition, SignedRecord shown, byte @Nullable [] original, boolean patchedOut) {}
