package dev.bulla.channel.metadata;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.ContentTrustException;
import dev.bulla.trust.contenttrust.Envelope;
import dev.bulla.trust.contenttrust.Role;
import dev.bulla.trust.contenttrust.RoleMetadata;
import dev.bulla.trust.contenttrust.SeenVersions;
import dev.bulla.trust.contenttrust.SignedRole;
import dev.bulla.trust.contenttrust.TrustedRoles;
import dev.bulla.trust.contenttrust.VerificationRun;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.keys.PublicKey;
import java.time.Instant;

/** Decides whether a root made elsewhere may follow the newest one: what every client would decide, asked beforehand. */
public final class RootImport {
    private RootImport() {}

    /**
     * Who brings a root.
     *
     * @param tokenId the credential
     * @param at now
     */
    public record By(String tokenId, Instant at) {}

    /** The root, or a problem {@code ROOT_NOT_CHAINED} that says which rule it breaks. */
    static SignedRole check(TrustFile newest, byte[] bytes, PublicKey keyMgr, Instant now) {
        var fileName = Role.ROOT.fileName(newest.version() + 1);
        try {
            verify(Dialect.LIBMAMBA, newest, fileName, bytes);
            var root = verify(Dialect.CONDA, newest, fileName, bytes);
            requireUsable(root, keyMgr, now);
            return new SignedRole(root, Envelope.parse(fileName, bytes));
        } catch (ContentTrustException refused) {
            throw notChained(String.valueOf(refused.getMessage()));
        }
    }

    private static RoleMetadata verify(Dialect dialect, TrustFile newest, String fileName, byte[] bytes) {
        var run = new VerificationRun(dialect, newest.signedAt(), SeenVersions.NONE);
        var trusted = TrustedRoles.of(run, Envelope.parse(newest.fileName(), newest.bytes()));
        trusted.updateRoot(fileName, bytes);
        return trusted.root();
    }

    private static void requireUsable(RoleMetadata root, PublicKey keyMgr, Instant now) {
        if (root.validity().hasEndedAt(now)) {
            throw notChained(
                    root.fileName() + " has expired at " + root.validity().expiration());
        }
        var delegation = root.delegation(Role.KEY_MGR);
        if (!delegation.pubkeys().contains(keyMgr) || delegation.threshold() != 1) {
            throw notChained(root.fileName() + " must let this server's key_mgr key " + keyMgr
                    + " alone sign key_mgr files, else no client could use the channel");
        }
    }

    private static ProblemException notChained(String why) {
        return new ProblemException(Code.ROOT_NOT_CHAINED, why);
    }
}
