package dev.bulla.channel.catalog;

import dev.bulla.trust.json.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * What an index needs to know of an artifact. All JSON is compact and UTF-8.
 *
 * @param packageName whose it is
 * @param fileName its own
 * @param record its record
 * @param changedFrom its record before patch instructions changed it; null when they did not
 * @param condaSignatures the object public key → entry over the record as conda reads it
 * @param libmambaSignatures the same over the record as libmamba reads it
 * @param runExports the object of what it exports (CEP 12); null when it exports nothing
 * @param withdrawn whether it was yanked or has lost its label
 * @param patchedOut whether patch instructions take it out
 */
@SuppressWarnings("ArrayRecordComponent") // handed over to be written, never compared or changed
public record ListedArtifact(
        String packageName,
        String fileName,
        byte[] record,
        byte @Nullable [] changedFrom,
        byte[] condaSignatures,
        byte[] libmambaSignatures,
        byte @Nullable [] runExports,
        boolean withdrawn,
        boolean patchedOut) {
    /** Whether it is named among what was removed instead. */
    public boolean leftOut() {
        return withdrawn || patchedOut;
    }

    /** Its record without patch instructions. */
    public byte[] original() {
        return changedFrom == null ? record : changedFrom;
    }

    /** The signatures that clients of this view check. */
    public byte[] signatures(Dialect view) {
        return switch (view) {
            case CONDA -> condaSignatures;
            case LIBMAMBA -> libmambaSignatures;
        };
    }
}
