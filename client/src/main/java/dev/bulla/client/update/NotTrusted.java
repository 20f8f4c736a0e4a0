package dev.bulla.client.update;

import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.ContentTrustException;
import dev.bulla.trust.contenttrust.ContentTrustException.Expired;
import dev.bulla.trust.contenttrust.ContentTrustException.FileNameWrong;
import dev.bulla.trust.contenttrust.ContentTrustException.Malformed;
import dev.bulla.trust.contenttrust.ContentTrustException.NotPinned;
import dev.bulla.trust.contenttrust.ContentTrustException.SignatureMissing;
import dev.bulla.trust.contenttrust.ContentTrustException.SpecVersionUnknown;
import dev.bulla.trust.contenttrust.ContentTrustException.TooFewSignatures;
import dev.bulla.trust.contenttrust.ContentTrustException.VersionRolledBack;
import dev.bulla.trust.contenttrust.ContentTrustException.VersionSkipped;
import dev.bulla.trust.contenttrust.ContentTrustException.WrongRole;
import java.util.function.Supplier;

/** Says a rule of {@code trust} that was broken as a problem. */
public final class NotTrusted {
    private NotTrusted() {}

    /** The problem that this is; {@code where} is put in front of its message. */
    public static Problem problem(String where, ContentTrustException broken) {
        return new Problem(code(broken), where + broken.getMessage());
    }

    /** Takes a step; a broken rule becomes a {@link ProblemException}. */
    static <T> T orThrow(String where, Supplier<T> step) {
        try {
            return step.get();
        } catch (ContentTrustException e) {
            throw new ProblemException(code(e), where + e.getMessage(), e);
        }
    }

    /** The same for a step without a result. */
    static void run(String where, Runnable step) {
        orThrow(where, () -> {
            step.run();
            return where;
        });
    }

    /** The same for a step that takes a new root: too few signatures mean that the chain is broken there. */
    static void rootOrThrow(String where, Runnable step) {
        try {
            step.run();
        } catch (TooFewSignatures | VersionSkipped e) {
            throw new ProblemException(Code.ROOT_NOT_CHAINED, where + e.getMessage(), e);
        } catch (ContentTrustException e) {
            throw new ProblemException(code(e), where + e.getMessage(), e);
        }
    }

    private static Code code(ContentTrustException broken) {
        return switch (broken) {
            case Malformed _, WrongRole _, SpecVersionUnknown _ -> Code.METADATA_MALFORMED;
            case FileNameWrong _ -> Code.RECORD_MISMATCH;
            case NotPinned _ -> Code.ROOT_NOT_PINNED;
            case TooFewSignatures _ -> Code.SIGNATURES_TOO_FEW;
            case SignatureMissing _ -> Code.SIGNATURE_MISSING;
            case VersionRolledBack _ -> Code.METADATA_ROLLED_BACK;
            case VersionSkipped _ -> Code.ROOT_NOT_CHAINED;
            case Expired _ -> Code.METADATA_EXPIRED;
        };
    }
}
