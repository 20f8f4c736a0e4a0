package dev.bulla.trust.contenttrust;

import static dev.bulla.trust.contenttrust.World.KEY_MGR;
import static dev.bulla.trust.contenttrust.World.NOW;
import static dev.bulla.trust.contenttrust.World.OTHER_KEY_MGR;
import static dev.bulla.trust.contenttrust.World.OVER;
import static dev.bulla.trust.contenttrust.World.PKG_CONDA;
import static dev.bulla.trust.contenttrust.World.PKG_LIBMAMBA;
import static dev.bulla.trust.contenttrust.World.ROOT_A;
import static dev.bulla.trust.contenttrust.World.STRANGER;
import static dev.bulla.trust.contenttrust.World.YEAR;
import static dev.bulla.trust.contenttrust.World.begun;
import static dev.bulla.trust.contenttrust.World.firstRoot;
import static dev.bulla.trust.contenttrust.World.keys;
import static dev.bulla.trust.contenttrust.World.run;
import static dev.bulla.trust.contenttrust.World.sign;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulla.trust.contenttrust.ContentTrustException.Expired;
import dev.bulla.trust.contenttrust.ContentTrustException.TooFewSignatures;
import dev.bulla.trust.contenttrust.ContentTrustException.VersionRolledBack;
import dev.bulla.trust.contenttrust.ContentTrustException.WrongRole;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.JsonString;
import dev.bulla.trust.keys.SigningKey;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** key_mgr and pkg_mgr: what the root vouches for, and what key_mgr does. */
class DelegatedRolesTest {
    private static TrustedRoles seen(Dialect dialect, SeenVersions seen) {
        return TrustedRoles.of(run(dialect, seen), firstRoot().envelope());
    }

    private static TrustedRoles libmamba(SeenVersions seen) {
        var roles = seen(Dialect.LIBMAMBA, seen);
        roles.updateKeyMgr(
                sign(RoleEditor.keyMgr(1, YEAR, keys(1, PKG_LIBMAMBA)), KEY_MGR).bytes());
        return roles;
    }

    @Test
    void a_key_mgr_signed_by_the_key_that_the_root_names_is_trusted() {
        var roles = begun();
        roles.updateKeyMgr(World.keyMgr(7).bytes());
        assertEquals(Optional.of(World.keyMgr(7).metadata()), roles.keyMgr());
        assertEquals(keys(1, PKG_CONDA), roles.packageKeys());
        assertEquals(new SeenVersions(1, 7, 0), roles.seen());
    }

    @Test
    void a_key_mgr_signed_by_a_stranger_or_by_the_root_key_is_refused() {
        var metadata = RoleEditor.keyMgr(1, YEAR, keys(1, STRANGER));
        for (var signer : new SigningKey[] {STRANGER, ROOT_A, PKG_CONDA}) {
            var roles = begun();
            assertThrows(
                    TooFewSignatures.class,
                    () -> roles.updateKeyMgr(sign(metadata, signer).bytes()));
            assertEquals(Optional.empty(), roles.keyMgr());
        }
    }

    @Test
    void a_key_mgr_with_a_signature_of_the_open_pgp_form_is_refused() {
        var metadata = RoleEditor.keyMgr(1, YEAR, keys(1, PKG_CONDA));
        var header = OpenPgp.header(KEY_MGR.publicKey(), NOW);
        var digest = OpenPgp.digest(Dialect.CONDA.canonical(metadata.json()), header);
        var entry = SignatureEntry.openPgp(KEY_MGR.sign(digest), header);
        var file = SignedRole.of(metadata, Map.of(KEY_MGR.publicKey(), entry));
        var refused = assertThrows(TooFewSignatures.class, () -> begun().updateKeyMgr(file.bytes()));
        assertEquals(
                "key_mgr.json: 0 valid signatures by the 1 key_mgr keys of 1.root.json, expected 1",
                refused.getMessage());
    }

    @Test
    void a_raw_signature_beside_open_pgp_headers_is_refused_since_clients_read_it_differently() {
        var mixed = World.editedEntry(
                World.keyMgr(1), KEY_MGR.publicKey(), entry -> entry.with("other_headers", new JsonString("00")));
        assertThrows(TooFewSignatures.class, () -> begun().updateKeyMgr(mixed));
    }

    @Test
    void an_entry_with_a_member_that_conda_does_not_know_counts_for_nothing() {
        var extended = World.editedEntry(
                World.keyMgr(1), KEY_MGR.publicKey(), entry -> entry.with("comment", new JsonString("x")));
        assertThrows(TooFewSignatures.class, () -> begun().updateKeyMgr(extended));
    }

    @Test
    void an_expired_key_mgr_is_refused() {
        var expired = sign(RoleEditor.keyMgr(1, OVER, keys(1, PKG_CONDA)), KEY_MGR);
        var refused = assertThrows(Expired.class, () -> begun().updateKeyMgr(expired.bytes()));
        assertEquals(
                "key_mgr.json: expired at 2026-11-22T08:30:00Z, and it is 2026-11-22T08:30:00Z", refused.getMessage());
    }

    @Test
    void a_rolled_back_key_mgr_is_refused_and_the_same_version_is_not() {
        var roles = seen(Dialect.CONDA, new SeenVersions(1, 5, 0));
        var refused = assertThrows(
                VersionRolledBack.class,
                () -> roles.updateKeyMgr(World.keyMgr(4).bytes()));
        assertEquals("key_mgr.json: version 4 is older than version 5, trusted before", refused.getMessage());
        roles.updateKeyMgr(World.keyMgr(5).bytes());
        assertEquals(5, roles.seen().keyMgr());
    }

    @Test
    void a_root_in_the_place_of_a_key_mgr_is_refused() {
        assertThrows(WrongRole.class, () -> begun().updateKeyMgr(firstRoot().bytes()));
    }

    @Test
    void a_stolen_key_s_high_version_does_not_outlive_the_rotation_of_all_key_mgr_keys() {
        var roles = seen(Dialect.LIBMAMBA, new SeenVersions(1, Integer.MAX_VALUE, 9));
        var rotated = RoleEditor.root(2, YEAR, keys(1, ROOT_A), keys(1, OTHER_KEY_MGR));
        roles.updateRoot("2.root.json", sign(rotated, ROOT_A).bytes());
        roles.updateKeyMgr(sign(RoleEditor.keyMgr(2, YEAR, keys(1, PKG_LIBMAMBA)), OTHER_KEY_MGR)
                .bytes());
        assertEquals(new SeenVersions(2, 2, 0), roles.seen());
    }

    @Test
    void a_run_that_fails_after_the_rotation_forgets_nothing() {
        var roles = seen(Dialect.CONDA, new SeenVersions(1, 5, 0));
        var rotated = RoleEditor.root(2, YEAR, keys(1, ROOT_A), keys(1, OTHER_KEY_MGR));
        roles.updateRoot("2.root.json", sign(rotated, ROOT_A).bytes());
        assertThrows(
                TooFewSignatures.class, () -> roles.updateKeyMgr(World.keyMgr(4).bytes()));
        assertEquals(new SeenVersions(1, 5, 0), roles.seen());
    }

    @Test
    void a_rotation_that_keeps_one_old_key_keeps_the_versions() {
        var roles = seen(Dialect.CONDA, new SeenVersions(1, 5, 0));
        var overlap = RoleEditor.root(2, YEAR, keys(1, ROOT_A), keys(1, KEY_MGR, OTHER_KEY_MGR));
        roles.updateRoot("2.root.json", sign(overlap, ROOT_A).bytes());
        assertThrows(
                VersionRolledBack.class,
                () -> roles.updateKeyMgr(World.keyMgr(4).bytes()));
    }

    @Test
    void a_rotation_seen_in_an_earlier_run_does_not_forget_the_versions_again() {
        var roles = seen(Dialect.CONDA, new SeenVersions(2, 5, 0));
        var rotated = RoleEditor.root(2, YEAR, keys(1, ROOT_A), keys(1, OTHER_KEY_MGR));
        roles.updateRoot("2.root.json", sign(rotated, ROOT_A).bytes());
        var older = sign(RoleEditor.keyMgr(4, YEAR, keys(1, PKG_CONDA)), OTHER_KEY_MGR);
        assertThrows(VersionRolledBack.class, () -> roles.updateKeyMgr(older.bytes()));
    }

    @Test
    void libmamba_s_package_keys_are_there_only_once_a_fresh_pkg_mgr_is() {
        var roles = libmamba(SeenVersions.NONE);
        assertThrows(IllegalStateException.class, roles::packageKeys);
        roles.updatePkgMgr(sign(RoleEditor.pkgMgr(3, YEAR), PKG_LIBMAMBA).bytes());
        assertEquals(keys(1, PKG_LIBMAMBA), roles.packageKeys());
        assertEquals(new SeenVersions(1, 1, 3), roles.seen());
    }

    @Test
    void a_pkg_mgr_that_is_foreign_expired_or_rolled_back_is_refused() {
        var pkgMgr = RoleEditor.pkgMgr(3, YEAR);
        assertThrows(
                TooFewSignatures.class,
                () -> libmamba(SeenVersions.NONE)
                        .updatePkgMgr(sign(pkgMgr, KEY_MGR).bytes()));
        assertThrows(
                Expired.class,
                () -> libmamba(SeenVersions.NONE)
                        .updatePkgMgr(
                                sign(RoleEditor.pkgMgr(3, OVER), PKG_LIBMAMBA).bytes()));
        assertThrows(
                VersionRolledBack.class,
                () -> libmamba(new SeenVersions(1, 1, 4))
                        .updatePkgMgr(sign(pkgMgr, PKG_LIBMAMBA).bytes()));
    }
}
