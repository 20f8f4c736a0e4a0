package dev.bulla.trust.contenttrust;

import dev.bulla.trust.contenttrust.ContentTrustException.Expired;
import dev.bulla.trust.contenttrust.ContentTrustException.FileNameWrong;
import dev.bulla.trust.contenttrust.ContentTrustException.NotPinned;
import dev.bulla.trust.contenttrust.ContentTrustException.TooFewSignatures;
import dev.bulla.trust.contenttrust.ContentTrustException.VersionRolledBack;
import dev.bulla.trust.contenttrust.ContentTrustException.VersionSkipped;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Excerpt;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonObject;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is trusted so far in one run, and the only way to trust more. Not safe to share while it is updated; once
 * package verification has begun, nothing in it changes and any number of threads may verify.
 *
 * <p>The order is fixed: one first root; {@link #updateRoot} until the server has no further one; {@link
 * #updateKeyMgr}; for libmamba {@link #updatePkgMgr}; then {@link #verifyPackage} for each package. A call out of
 * order is an {@link IllegalStateException}. Whatever must not be believed throws a {@link ContentTrustException} and
 * leaves everything as it was. There is no I/O here: whoever calls fetches the files, and keeps {@link #root()} and
 * {@link #seen()} for the next run. The steps are those of {@code docs/spec/content-trust.md} §6.
 *
 * <p>Not checked here: that a downloaded artifact has the {@code sha256} of its verified record; that the record is the
 * one asked for, in that channel and subdir.
 */
public final class TrustedRoles {
    private final VerificationRun run;
    private SeenVersions seen;

    /** Versions below which nothing is taken in this run: those seen before, but for step 3.5. */
    private SeenVersions floor;

    private RoleMetadata root;
    private @Nullable RoleMetadata keyMgr;
    private @Nullable RoleMetadata pkgMgr;

    private TrustedRoles(VerificationRun run, RoleMetadata root) {
        this.run = run;
        this.seen = run.seen();
        this.floor = run.seen();
        this.root = root;
    }

    /**
     * Begins with a root that came from outside, by the SHA-256 of its file that the user was given.
     *
     * @param sha256 64 hex digits, of either case
     * @throws NotPinned when it is another file
     * @throws ContentTrustException when it is no root, or not signed by its own keys
     */
    public static TrustedRoles pinned(VerificationRun run, Envelope envelope, String sha256) {
        // Step 1: the pin decides, and it is of the bytes.
        if (!envelope.sha256().equalsIgnoreCase(sha256)) {
            throw new NotPinned(
                    Excerpt.of(envelope.fileName()),
                    "SHA-256 is " + envelope.sha256() + ", expected the pinned " + Excerpt.of(sha256));
        }
        return of(run, envelope);
    }

    /**
     * Begins with a root that this client has trusted before and kept.
     *
     * @throws ContentTrustException when it is no root, or not signed by its own keys
     */
    public static TrustedRoles of(VerificationRun run, Envelope envelope) {
        // Step 2: whatever is trusted first is at least well-formed and agrees with itself.
        var root = RoleMetadata.parse(Role.ROOT, envelope);
        requireFileName(root, envelope.fileName());
        requireSignatures(run.dialect(), envelope, root, Role.ROOT);
        return new TrustedRoles(run, root);
    }

    /**
     * Takes the next root.
     *
     * @param fileName the name under which it was fetched, {@code N.root.json}
     * @throws ContentTrustException when it must not replace the trusted root
     */
    public void updateRoot(String fileName, byte[] bytes) {
        if (keyMgr != null) {
            throw new IllegalStateException("a root after key_mgr");
        }
        var envelope = Envelope.parse(fileName, bytes);
        var next = RoleMetadata.parse(Role.ROOT, envelope);
        // Step 3.1: the file is named by the version in it.
        requireFileName(next, fileName);
        // Step 3.2: exactly one version further.
        requireNextVersion(next);
        // Step 3.3: the keys that are trusted now agree.
        requireSignatures(run.dialect(), envelope, root, Role.ROOT);
        // Step 3.4: the keys that shall be trusted from now on agree.
        requireSignatures(run.dialect(), envelope, next, Role.ROOT);
        // Step 3.5: when a root new to this client keeps no key_mgr key, versions start anew: a thief of the old key
        // could have used up the numbers. As TUF 5.3.11.
        if (next.version() > run.seen().root() && rotatesKeyMgr(next)) {
            floor = floor.with(Role.KEY_MGR, 0).with(Role.PKG_MGR, 0);
        }
        // Step 3.6: it is trusted. That it has expired is no matter yet: it may be one of many on the way.
        root = next;
    }

    /**
     * Ends the chain of roots and takes key_mgr.
     *
     * @throws ContentTrustException when the last root or this key_mgr must not be used
     */
    public void updateKeyMgr(byte[] bytes) {
        if (keyMgr != null) {
            throw new IllegalStateException("key_mgr twice in one run");
        }
        // Step 4.1: the last root is not older than one seen before, and has not expired.
        requireNotRolledBack(root);
        requireFresh(root);
        // Steps 4.2 to 4.4.
        var metadata = delegated(Role.KEY_MGR, bytes, root);
        keyMgr = metadata;
        seen = floor.with(Role.ROOT, root.version()).with(Role.KEY_MGR, metadata.version());
    }

    /**
     * Takes pkg_mgr, which exists for libmamba only.
     *
     * @throws ContentTrustException when it must not be used
     */
    public void updatePkgMgr(byte[] bytes) {
        if (run.dialect() != Dialect.LIBMAMBA) {
            throw new IllegalStateException("pkg_mgr is a file for libmamba only");
        }
        if (pkgMgr != null) {
            throw new IllegalStateException("pkg_mgr twice in one run");
        }
        // Step 5: as 4.2 to 4.4, by the keys that key_mgr names.
        var metadata = delegated(Role.PKG_MGR, bytes, requireKeyMgr());
        pkgMgr = metadata;
        seen = seen.with(Role.PKG_MGR, metadata.version());
    }

    /**
     * Decides on one package.
     *
     * @param fileName of the artifact
     * @param record as it stands in {@code repodata.json}
     * @param signatures what {@code signatures} in the same file has for this artifact; null when it has nothing
     * @return what is proven: all of the record for conda, the signed part of it for libmamba
     * @throws ContentTrustException when it must not be installed
     */
    public Verified<JsonObject> verifyPackage(String fileName, Json record, @Nullable Json signatures) {
        var object = Fields.of(Excerpt.of(fileName), record).object();
        // Step 6.1: signatures do not cover the file name, so the record must be this file's.
        RecordSignatures.requireFileName(fileName, object);
        // Step 6.2: enough package keys signed the bytes of this dialect.
        return RecordSignatures.verify(run.dialect(), packageKeys(), new SignedRecord(fileName, object, signatures));
    }

    /**
     * The keys that sign packages.
     *
     * @throws IllegalStateException before the metadata that names them is there and fresh
     */
    public Delegation packageKeys() {
        if (run.dialect() == Dialect.LIBMAMBA && pkgMgr == null) {
            throw new IllegalStateException("pkg_mgr comes first");
        }
        return requireKeyMgr().delegation(Role.PKG_MGR);
    }

    /** The root trusted now. */
    public RoleMetadata root() {
        return root;
    }

    /** The key_mgr trusted now. */
    public Optional<RoleMetadata> keyMgr() {
        return Optional.ofNullable(keyMgr);
    }

    /** The pkg_mgr trusted now. */
    public Optional<RoleMetadata> pkgMgr() {
        return Optional.ofNullable(pkgMgr);
    }

    /**
     * The versions to keep for the next run, also when this one failed: they change only with what was trusted, and
     * become lower only by step 3.5, once the new key_mgr is.
     */
    public SeenVersions seen() {
        return seen;
    }

    /** Metadata of a role that another delegates to. */
    private RoleMetadata delegated(Role role, byte[] bytes, RoleMetadata delegator) {
        var envelope = Envelope.parse(role.fileName(0), bytes);
        var metadata = RoleMetadata.parse(role, envelope);
        // Step 4.2: signed by the keys that the delegator names.
        requireSignatures(run.dialect(), envelope, delegator, role);
        // Step 4.3: not older than one seen before.
        requireNotRolledBack(metadata);
        // Step 4.4: not expired.
        requireFresh(metadata);
        return metadata;
    }

    private RoleMetadata requireKeyMgr() {
        if (keyMgr == null) {
            throw new IllegalStateException("key_mgr comes first");
        }
        return keyMgr;
    }

    private static void requireFileName(RoleMetadata metadata, String fileName) {
        if (!fileName.equals(metadata.fileName())) {
            throw new FileNameWrong(
                    Excerpt.of(fileName), "holds version " + metadata.version() + ", expected " + metadata.fileName());
        }
    }

    private boolean rotatesKeyMgr(RoleMetadata next) {
        var before = root.delegation(Role.KEY_MGR).pubkeys();
        return Collections.disjoint(before, next.delegation(Role.KEY_MGR).pubkeys());
    }

    private void requireNextVersion(RoleMetadata next) {
        var expected = root.version() + 1;
        if (next.version() < expected) {
            throw new VersionRolledBack(
                    next.fileName(),
                    "version " + next.version() + " after " + root.version() + ", expected " + expected);
        }
        if (next.version() > expected) {
            throw new VersionSkipped(
                    next.fileName(),
                    "version " + next.version() + " after " + root.version() + ", expected " + expected);
        }
    }

    private void requireNotRolledBack(RoleMetadata metadata) {
        var before = floor.of(metadata.role());
        if (metadata.version() < before) {
            throw new VersionRolledBack(
                    metadata.fileName(),
                    "version " + metadata.version() + " is older than version " + before + ", trusted before");
        }
    }

    private void requireFresh(RoleMetadata metadata) {
        if (metadata.validity().hasEndedAt(run.now())) {
            throw new Expired(
                    metadata.fileName(),
                    "expired at " + metadata.validity().expiration() + ", and it is " + UtcSeconds.format(run.now()));
        }
    }

    private static void requireSignatures(Dialect dialect, Envelope envelope, RoleMetadata delegator, Role role) {
        var delegation = delegator.delegation(role);
        var signers = delegation.signers(role, envelope.signedCanonical(dialect), envelope.signatures());
        if (signers.size() < delegation.threshold()) {
            throw new TooFewSignatures(
                    Excerpt.of(envelope.fileName()),
                    signers.size() + " valid signatures by the "
                            + delegation.pubkeys().size() + " " + role + " keys of " + delegator.fileName()
                            + ", expected " + delegation.threshold());
        }
    }
}
