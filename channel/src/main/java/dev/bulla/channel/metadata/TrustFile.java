package dev.bulla.channel.metadata;

import dev.bulla.trust.contenttrust.Role;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/**
 * A signed trust file.
 *
 * @param role whose metadata it is
 * @param version its version
 * @param signedAt when it was signed
 * @param expiresAt until when it is valid
 * @param content its bytes, read-only
 */
public record TrustFile(Role role, int version, Instant signedAt, Instant expiresAt, ByteBuffer content) {
    /** Makes the buffer read-only. */
    public TrustFile {
        content = content.asReadOnlyBuffer();
    }

    /** The name it is served under. */
    public String fileName() {
        return role.fileName(version);
    }

    /** Whether half of its life is over. */
    boolean isDueForRenewal(Instant now) {
        return !now.isBefore(signedAt.plus(life().dividedBy(2)));
    }

    Duration life() {
        return Duration.between(signedAt, expiresAt);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        var bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }
}
