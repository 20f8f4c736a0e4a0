package dev.bulla.trust.contenttrust;

/**
 * Something that must not be believed. Each leaf is one rule; the message says what was looked at, what it has and what
 * was expected, in words that are safe to show.
 */
public abstract sealed class ContentTrustException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ContentTrustException(String what, String reason) {
        super(what + ": " + reason);
    }

    /** Rule: metadata, signature entries and records have exactly the form of the specification. */
    public static final class Malformed extends ContentTrustException {
        private static final long serialVersionUID = 1L;

        Malformed(String what, String reason) {
            super(what, reason);
        }
    }

    /** Rule: a file says in {@code type} that it is of the role it is used for. */
    public static final class WrongRole extends ContentTrustException {
        private static final long serialVersionUID = 1L;

        WrongRole(String what, String reason) {
            super(what, reason);
        }
    }

    /** Rule: every file is of the one specification version, {@value RoleMetadata#SPEC_VERSION}. */
    public static final class SpecVersionUnknown extends ContentTrustException {
        private static final long serialVersionUID = 1L;

        SpecVersionUnknown(String what, String reason) {
            super(what, reason);
        }
    }

    /** Rule: {@code N.root.json} holds version N; {@code NAME-VERSION-BUILD.conda} is the file of that very record. */
    public static final class FileNameWrong extends ContentTrustException {
        private static final long serialVersionUID = 1L;

        FileNameWrong(String what, String reason) {
            super(what, reason);
        }
    }

    /** Rule: the first root is the very file whose SHA-256 was pinned. */
    public static final class NotPinned extends ContentTrustException {
        private static final long serialVersionUID = 1L;

        NotPinned(String what, String reason) {
            super(what, reason);
        }
    }

    /** Rule: at least threshold keys of the role have signed; a root also by the keys of the root before it. */
    public static final class TooFewSignatures extends ContentTrustException {
        private static final long serialVersionUID = 1L;

        TooFewSignatures(String what, String reason) {
            super(what, reason);
        }
    }

    /** Rule: every package is signed. */
    public static final class SignatureMissing extends ContentTrustException {
        private static final long serialVersionUID = 1L;

        SignatureMissing(String what, String reason) {
            super(what, reason);
        }
    }

    /** Rule: a version is never lower than one that was trusted before. */
    public static final class VersionRolledBack extends ContentTrustException {
        private static final long serialVersionUID = 1L;

        VersionRolledBack(String what, String reason) {
            super(what, reason);
        }
    }

    /** Rule: after root N comes root N + 1. */
    public static final class VersionSkipped extends ContentTrustException {
        private static final long serialVersionUID = 1L;

        VersionSkipped(String what, String reason) {
            super(what, reason);
        }
    }

    /** Rule: metadata is used before its expiration only. */
    public static final class Expired extends ContentTrustException {
        private static final long serialVersionUID = 1L;

        Expired(String what, String reason) {
            super(what, reason);
        }
    }
}
