package dev.bulla.channel.ledger;

import java.util.Locale;

/** What happened. The names are stored: they never change. */
public enum Action {
    /** A channel was made, with its keys and its trust metadata. */
    CHANNEL_CREATED,
    /** Others may read a channel than before. */
    VISIBILITY_CHANGED,
    /** A root file was taken in. */
    ROOT_IMPORTED,
    /** A role that the server signs itself was signed again. */
    ROLE_SIGNED,
    /** A credential was made. */
    TOKEN_CREATED,
    /** A credential was ended. */
    TOKEN_REVOKED,
    /** Bytes arrived whole and wait for their checks. */
    STAGED,
    /** An artifact became public. */
    PROMOTED,
    /** An artifact of another channel became public; its payload is checked later. */
    IMPORTED,
    /** An artifact is shown under one more label. */
    LABELLED,
    /** An artifact is no longer shown under a label. */
    UNLABELLED,
    /** An artifact was taken out of the indexes; its bytes are served. */
    YANKED,
    /** A yanked artifact is in the indexes again. */
    RESTORED,
    /** Other patch instructions hold for a subdir, and its records are as they say. */
    PATCHED,
    /** A channel says something to its users. */
    NOTICE_SET,
    /** A channel says something no longer. */
    NOTICE_REMOVED,
    /** What was staged did not pass. */
    REFUSED,
    /** What was staged is in the channel already, byte for byte. */
    DUPLICATE,
    /** What was staged when the server stopped; its uploader got no answer. */
    ABANDONED;

    /** The name as it is stored. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
