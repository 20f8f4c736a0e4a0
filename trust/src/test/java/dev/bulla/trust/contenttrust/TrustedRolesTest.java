package dev.bulla.trust.contenttrust;

import static dev.bulla.trust.contenttrust.World.KEY_MGR;
import static dev.bulla.trust.contenttrust.World.NOW;
import static dev.bulla.trust.contenttrust.World.OTHER_KEY_MGR;
import static dev.bulla.trust.contenttrust.World.OVER;
import static dev.bulla.trust.contenttrust.World.PKG_CONDA;
import static dev.bulla.trust.contenttrust.World.ROOT_A;
import static dev.bulla.trust.contenttrust.World.ROOT_B;
import static dev.bulla.trust.contenttrust.World.ROOT_C;
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
import dev.bulla.trust.contenttrust.ContentTrustException.FileNameWrong;
import dev.bulla.trust.contenttrust.ContentTrustException.Malformed;
import dev.bulla.trust.contenttrust.ContentTrustException.NotPinned;
import dev.bulla.trust.contenttrust.ContentTrustException.TooFewSignatures;
import dev.bulla.trust.contenttrust.ContentTrustException.VersionRolledBack;
import dev.bulla.trust.contenttrust.ContentTrustException.VersionSkipped;
import dev.bulla.trust.contenttrust.ContentTrustException.WrongRole;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import dev.bulla.trust.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Roots: how the first one is trusted, and what may replace it. */
class TrustedRolesTest {
    private static RoleMetadata root(int version, Delegation keys) {
        return RoleEditor.root(version, YEAR, keys, keys(1, KEY_MGR));
    }

    private static <T extends ContentTrustException> String refused(
            Class<T> rule, TrustedRoles roles, SignedRole next) {
        var before = roles.root();
        var refused = assertThrows(rule, () -> roles.updateRoot(next.fileName(), next.bytes()));
        assertEquals(before, roles.root(), "what was trusted stays trusted");
        return String.valueOf(refused.getMessage());
    }

    /** As far as a second root of which two of three keys must sign. */
    private static TrustedRoles twoOfThree() {
        var roles = begun();
        var next = sign(root(2, keys(2, ROOT_A, ROOT_B, ROOT_C)), ROOT_A, ROOT_B);
        roles.updateRoot("2.root.json", next.bytes());
        return roles;
    }

    @Test
    void the_pinned_root_is_trusted() {
        var root = firstRoot();
        var roles = TrustedRoles.pinned(run(), root.envelope(), root.sha256().toUpperCase(Locale.ROOT));
        assertEquals(root.metadata(), roles.root());
    }

    @Test
    void a_root_with_another_digest_than_the_pinned_one_is_refused_though_it_is_well_signed() {
        var other = sign(root(1, keys(1, STRANGER)), STRANGER).envelope();
        var refused = assertThrows(
                NotPinned.class,
                () -> TrustedRoles.pinned(run(), other, firstRoot().sha256()));
        assertEquals(
                "1.root.json: SHA-256 is " + other.sha256() + ", expected the pinned "
                        + firstRoot().sha256(),
                refused.getMessage());
    }

    @Test
    void a_first_root_that_its_own_keys_did_not_sign_is_refused() {
        var unsigned = sign(root(1, keys(1, ROOT_A)), STRANGER).envelope();
        assertThrows(TooFewSignatures.class, () -> TrustedRoles.of(run(), unsigned));
    }

    @Test
    void a_first_root_under_another_name_is_refused() {
        for (var name : new String[] {"root.json", "2.root.json", "01.root.json", "1.root.json.bak", "1.root.json "}) {
            var envelope = Envelope.parse(name, firstRoot().bytes());
            assertThrows(FileNameWrong.class, () -> TrustedRoles.of(run(), envelope), name);
        }
    }

    @Test
    void a_root_signed_by_old_and_new_keys_is_trusted() {
        assertEquals(2, twoOfThree().root().version());
    }

    @Test
    void a_root_signed_by_its_new_keys_alone_is_refused() {
        var message = refused(TooFewSignatures.class, begun(), sign(root(2, keys(1, STRANGER)), STRANGER));
        assertEquals("2.root.json: 0 valid signatures by the 1 root keys of 1.root.json, expected 1", message);
    }

    @Test
    void a_root_signed_by_the_old_keys_alone_is_refused() {
        var message = refused(TooFewSignatures.class, begun(), sign(root(2, keys(1, ROOT_B)), ROOT_A));
        assertEquals("2.root.json: 0 valid signatures by the 1 root keys of 2.root.json, expected 1", message);
    }

    @Test
    void any_two_of_three_keys_are_enough_and_one_is_not() {
        var next = root(3, keys(2, ROOT_A, ROOT_B, ROOT_C));
        for (var signers : new SigningKey[][] {{ROOT_A, ROOT_B}, {ROOT_A, ROOT_C}, {ROOT_C, ROOT_B}}) {
            var roles = twoOfThree();
            roles.updateRoot("3.root.json", sign(next, signers).bytes());
            assertEquals(3, roles.root().version());
        }
        for (var signer : new SigningKey[] {ROOT_A, ROOT_B, ROOT_C}) {
            refused(TooFewSignatures.class, twoOfThree(), sign(next, signer));
            refused(TooFewSignatures.class, twoOfThree(), sign(next, signer, STRANGER));
        }
    }

    @Test
    void a_new_threshold_must_be_met_by_the_root_that_sets_it() {
        refused(TooFewSignatures.class, begun(), sign(root(2, keys(2, ROOT_A, ROOT_B)), ROOT_A));
    }

    @Test
    void one_key_counts_once_however_its_signature_is_repeated() {
        var key = ROOT_A.publicKey().hex();
        var text = new String(
                sign(root(3, keys(2, ROOT_A, ROOT_B, ROOT_C)), ROOT_A).bytes(), StandardCharsets.UTF_8);
        var entry = text.substring(text.indexOf("\"" + key), text.indexOf("}") + 1);
        var twice = text.replace(entry, entry + "," + entry).getBytes(StandardCharsets.UTF_8);
        assertThrows(Malformed.class, () -> twoOfThree().updateRoot("3.root.json", twice));
        var upper = text.replace(entry, entry + "," + entry.replace(key, key.toUpperCase(Locale.ROOT)))
                .getBytes(StandardCharsets.UTF_8);
        assertThrows(Malformed.class, () -> twoOfThree().updateRoot("3.root.json", upper));
    }

    @Test
    void a_signature_under_another_key_s_name_counts_for_nothing() {
        var signed = sign(root(3, keys(2, ROOT_A, ROOT_B, ROOT_C)), ROOT_A);
        var borrowed = World.edited(signed, document -> {
            var signatures = (JsonObject) document.member("signatures").orElseThrow();
            var entry = signatures.member(ROOT_A.publicKey().hex()).orElseThrow();
            return document.with(
                    "signatures", signatures.with(ROOT_B.publicKey().hex(), entry));
        });
        assertThrows(TooFewSignatures.class, () -> twoOfThree().updateRoot("3.root.json", borrowed));
    }

    @Test
    void signatures_by_strangers_do_no_harm() {
        var roles = begun();
        roles.updateRoot(
                "2.root.json", sign(root(2, keys(1, ROOT_A)), STRANGER, ROOT_A).bytes());
        assertEquals(2, roles.root().version());
    }

    @Test
    void a_skipped_version_is_refused() {
        var message = refused(VersionSkipped.class, begun(), sign(root(3, keys(1, ROOT_A)), ROOT_A));
        assertEquals("3.root.json: version 3 after 1, expected 2", message);
    }

    @Test
    void the_same_or_an_older_version_is_refused() {
        refused(VersionRolledBack.class, begun(), firstRoot());
        refused(VersionRolledBack.class, twoOfThree(), firstRoot());
    }

    @Test
    void a_file_name_that_is_not_of_the_version_in_it_is_refused() {
        var next = sign(root(2, keys(1, ROOT_A)), ROOT_A);
        for (var name : new String[] {
            "3.root.json", "02.root.json", "2.root.json.bak", "x2.root.json", "root.json", "../2.root.json", ""
        }) {
            assertThrows(FileNameWrong.class, () -> begun().updateRoot(name, next.bytes()), name);
        }
    }

    @Test
    void a_root_whose_content_was_changed_after_signing_is_refused() {
        var next = sign(root(2, keys(1, ROOT_A)), ROOT_A);
        var tampered = World.editedSigned(next, signed -> signed.with("comment", JsonNumber.of(1)));
        assertThrows(TooFewSignatures.class, () -> begun().updateRoot("2.root.json", tampered));
    }

    @Test
    void formatting_of_the_file_may_change_and_members_that_are_unknown_are_signed_too() {
        var metadata = root(2, keys(1, ROOT_A));
        var extended = new RoleMetadata(
                Role.ROOT, 2, YEAR, metadata.delegations(), metadata.json().with("comment", new JsonString("é")));
        var roles = begun();
        roles.updateRoot("2.root.json", World.edited(sign(extended, ROOT_A), document -> document));
        assertEquals(extended, roles.root());
    }

    @Test
    void a_root_with_a_raw_signature_is_refused_as_conda_does() {
        var metadata = root(2, keys(1, ROOT_A));
        var raw = SignatureEntry.raw(ROOT_A.sign(Dialect.CONDA.canonical(metadata.json())));
        var file = SignedRole.of(metadata, Map.of(ROOT_A.publicKey(), raw));
        refused(TooFewSignatures.class, begun(), file);
    }

    @Test
    void other_metadata_in_the_place_of_a_root_is_refused() {
        var keyMgr = sign(RoleEditor.keyMgr(2, YEAR, keys(1, PKG_CONDA)), ROOT_A);
        assertThrows(WrongRole.class, () -> begun().updateRoot("2.root.json", keyMgr.bytes()));
    }

    @Test
    void an_expired_root_may_lie_on_the_way_but_not_at_its_end() {
        var roles = begun();
        roles.updateRoot(
                "2.root.json",
                sign(RoleEditor.root(2, OVER, keys(1, ROOT_A), keys(1, KEY_MGR)), ROOT_A)
                        .bytes());
        var expired = assertThrows(
                Expired.class, () -> roles.updateKeyMgr(World.keyMgr(1).bytes()));
        assertEquals(
                "2.root.json: expired at 2026-11-22T08:30:00Z, and it is 2026-11-22T08:30:00Z", expired.getMessage());
        roles.updateRoot("3.root.json", sign(root(3, keys(1, ROOT_A)), ROOT_A).bytes());
        roles.updateKeyMgr(World.keyMgr(1).bytes());
        assertEquals(new SeenVersions(3, 1, 0), roles.seen());
    }

    @Test
    void metadata_may_be_used_until_the_second_before_it_expires() {
        var lastSecond =
                Validity.from(NOW.minus(Duration.ofDays(1)), Duration.ofDays(1).plusSeconds(1));
        var root = sign(RoleEditor.root(1, lastSecond, keys(1, ROOT_A), keys(1, KEY_MGR)), ROOT_A);
        var roles = TrustedRoles.of(run(), root.envelope());
        roles.updateKeyMgr(sign(RoleEditor.keyMgr(1, lastSecond, keys(1, PKG_CONDA)), KEY_MGR)
                .bytes());
        assertEquals(1, roles.seen().keyMgr());
    }

    @Test
    void a_withheld_root_is_noticed_by_whoever_saw_it_before() {
        var roles = TrustedRoles.of(
                run(Dialect.CONDA, new SeenVersions(2, 0, 0)), firstRoot().envelope());
        var refused = assertThrows(
                VersionRolledBack.class,
                () -> roles.updateKeyMgr(World.keyMgr(1).bytes()));
        assertEquals("1.root.json: version 1 is older than version 2, trusted before", refused.getMessage());
    }

    @Test
    void key_mgr_keys_rotate_with_the_root_and_the_old_ones_are_refused_from_then_on() {
        var roles = begun();
        var next = RoleEditor.root(2, YEAR, keys(1, ROOT_A), keys(1, OTHER_KEY_MGR));
        roles.updateRoot("2.root.json", sign(next, ROOT_A).bytes());
        assertThrows(
                TooFewSignatures.class, () -> roles.updateKeyMgr(World.keyMgr(1).bytes()));
        roles.updateKeyMgr(sign(RoleEditor.keyMgr(1, YEAR, keys(1, PKG_CONDA)), OTHER_KEY_MGR)
                .bytes());
    }

    @Test
    void the_order_of_calls_is_kept() {
        var roles = World.ready();
        var next = sign(root(2, keys(1, ROOT_A)), ROOT_A).bytes();
        assertThrows(IllegalStateException.class, () -> roles.updateRoot("2.root.json", next));
        assertThrows(
                IllegalStateException.class,
                () -> roles.updateKeyMgr(World.keyMgr(1).bytes()));
        assertThrows(IllegalStateException.class, () -> roles.updatePkgMgr(next));
        assertThrows(IllegalStateException.class, () -> begun().packageKeys());
    }
}
