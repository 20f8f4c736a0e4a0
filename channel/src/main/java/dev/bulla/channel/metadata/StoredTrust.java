package dev.bulla.channel.metadata;

import dev.bulla.channel.store.DataFolder;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.trust.contenttrust.ContentTrustException;
import dev.bulla.trust.contenttrust.Envelope;
import dev.bulla.trust.contenttrust.Role;
import dev.bulla.trust.contenttrust.SeenVersions;
import dev.bulla.trust.contenttrust.TrustedRoles;
import dev.bulla.trust.contenttrust.VerificationRun;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.keys.PublicKey;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** A channel's trust files and keys as they are stored, for whoever wants to know whether they still fit together. */
public final class StoredTrust {
    /** Long ago, so that nothing has expired: age is a matter of renewal, not of damage. */
    private static final Instant BEFORE_ALL = Instant.EPOCH;

    private final TrustFiles files;
    private final DataFolder data;
    private final Map<KeyPurpose, PublicKey> inUse;

    private StoredTrust(TrustFiles files, DataFolder data, Map<KeyPurpose, PublicKey> inUse) {
        this.files = files;
        this.data = data;
        this.inUse = inUse;
    }

    /** What the channel has. */
    public static StoredTrust read(Handle handle, DataFolder data, ChannelName channel) {
        return new StoredTrust(TrustFiles.read(handle, channel), data, OnlineKeyTable.list(handle, channel));
    }

    /**
     * Verifies every file as a client of this dialect does, except that none is too old.
     *
     * @return what then decides on packages
     * @throws ContentTrustException when a file does not follow from those before it
     */
    public TrustedRoles verify(Dialect dialect) {
        var run = new VerificationRun(dialect, BEFORE_ALL, SeenVersions.NONE);
        var trusted = TrustedRoles.of(run, Envelope.parse(Role.ROOT.fileName(1), root(1).bytes()));
        for (var version = 2; version <= files.newestRoot().version(); version++) {
            trusted.updateRoot(Role.ROOT.fileName(version), root(version).bytes());
        }
        trusted.updateKeyMgr(files.newest(View.of(dialect), Role.KEY_MGR).bytes());
        if (dialect == Dialect.LIBMAMBA) {
            trusted.updatePkgMgr(files.newest(View.LIBMAMBA, Role.PKG_MGR).bytes());
        }
        return trusted;
    }

    private TrustFile root(int version) {
        var name = Role.ROOT.fileName(version);
        return files.find(Dialect.CONDA, name)
                .orElseThrow(() -> new IllegalStateException("the database has no " + name));
    }

    /**
     * Looks whether the server's keys are those that the verified files delegate to.
     *
     * @throws IOException when a key is missing or damaged, or is another one; it says which
     */
    public void requireKeys(TrustedRoles trusted, Dialect dialect) throws IOException {
        var keys = OnlineKeys.read(data, inUse);
        require(
                trusted.root()
                        .delegation(Role.KEY_MGR)
                        .pubkeys()
                        .contains(keys.keyMgr().publicKey()),
                "key_mgr");
        require(trusted.packageKeys().pubkeys().contains(keys.packages(dialect).publicKey()), "package");
    }

    private static void require(boolean delegated, String what) throws IOException {
        if (!delegated) {
            throw new IOException("the " + what + " key that the server signs with is not one that its files name");
        }
    }
}
