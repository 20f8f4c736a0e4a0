package dev.bulla.channel.ledger;

import dev.bulla.channel.store.Sha256;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change to be journalled.
 *
 * @param at when, by the server's clock
 * @param action what happened
 * @param channel in which channel, if in one
 * @param subject to what
 * @param sha256 the bytes it is about, if any
 * @param tokenId the credential it was done with, if any
 * @param detail a sentence more, if there is more to say; never a secret
 */
public record Entry(
        Instant at,
        Action action,
        @Nullable String channel,
        String subject,
        @Nullable Sha256 sha256,
        @Nullable String tokenId,
        @Nullable String detail) {
    /** Of what has neither bytes nor a credential. */
    public static Entry of(Instant at, Action action, @Nullable String channel, String subject) {
        return new Entry(at, action, channel, subject, null, null, null);
    }

    /** The same, about these bytes. */
    public Entry about(Sha256 bytes) {
        return new Entry(at, action, channel, subject, bytes, tokenId, detail);
    }

    /** The same, done with this credential. */
    public Entry by(String credentialId) {
        return new Entry(at, action, channel, subject, sha256, credentialId, detail);
    }

    /** The same, with a sentence more. */
    public Entry saying(String sentence) {
        return new Entry(at, action, channel, subject, sha256, tokenId, sentence);
    }
}
