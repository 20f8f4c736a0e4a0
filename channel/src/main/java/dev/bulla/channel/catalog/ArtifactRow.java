package dev.bulla.channel.catalog;

import dev.bulla.channel.store.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * An artifact's row as it stands, for whoever checks it; nothing in it is believed.
 *
 * @param place where
 * @param position journal position of its promotion
 * @param fileName its file name
 * @param packageName the package that shards list it under
 * @param sha256 of its bytes
 * @param md5 of its bytes, in hexadecimal
 * @param sizeBytes how many they are
 * @param record its JSON
 * @param originalRecord what that was before patch instructions changed it; null when they did not
 * @param condaSignatures JSON: public key → entry
 * @param libmambaSignatures the same for libmamba
 */
@SuppressWarnings("ArrayRecordComponent") // read to be looked at once, never compared or changed
public record ArtifactRow(
        Place place,
        long position,
        String fileName,
        String packageName,
        Sha256 sha256,
        String md5,
        long sizeBytes,
        byte[] record,
        byte @Nullable [] originalRecord,
        byte[] condaSignatures,
        byte[] libmambaSignatures) {
    /** {@code channel/subdir/file}. */
    @Override
    public String toString() {
        return place + "/" + fileName;
    }
}
