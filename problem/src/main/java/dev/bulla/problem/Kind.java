package dev.bulla.problem;

/**
 * What sort of answer a code is: each outside world (HTTP status, exit code) translates this. Only HTTP is finer, where it
 * has a status of its own for one way to ask wrongly.
 */
public enum Kind {
    /** The request or the command cannot be understood. */
    USAGE,
    /** What was sent breaks a rule; sending it again will not help. */
    INVALID,
    /** No credential, or one that is not accepted. */
    UNAUTHENTICATED,
    /** A good credential that does not allow this. */
    FORBIDDEN,
    /** There is no such thing here. */
    NOT_FOUND,
    /** It contradicts what is already there. */
    CONFLICT,
    /** It was here and is withdrawn. */
    GONE,
    /** Over a limit of size or count. */
    TOO_LARGE,
    /** Checked, and not to be trusted. */
    NOT_TRUSTED,
    /** Refused for now; the same request may succeed later. */
    UNAVAILABLE,
    /** It could not be found out: network, disk, or a fault of ours. */
    UNKNOWN
}
