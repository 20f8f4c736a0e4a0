package dev.bulla.trust.contenttrust;

import static dev.bulla.trust.contenttrust.World.KEY_MGR;
import static dev.bulla.trust.contenttrust.World.NOW;
import static dev.bulla.trust.contenttrust.World.PKG_CONDA;
import static dev.bulla.trust.contenttrust.World.ROOT_A;
import static dev.bulla.trust.contenttrust.World.ROOT_B;
import static dev.bulla.trust.contenttrust.World.YEAR;
import static dev.bulla.trust.contenttrust.World.keys;
import static dev.bulla.trust.contenttrust.World.sign;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonString;
import dev.bulla.trust.keys.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoleSignerTest {
    @Test
    void a_header_is_the_hashed_part_of_a_version_4_signature() {
        var key = SigningKey.ofSeed(new byte[32]).publicKey();
        var header = OpenPgp.header(key, Instant.parse("2025-11-01T00:00:00Z"));
        // Read by GnuPG 2.2 as: version 4, class 0x00, algo 22, digest 8, issuer fpr v4 E8A72140…, created 2025-11-01.
        assertEquals(
                "04001608001d162104e8a7214050840fa0961a5ef6404f20888a9a3cb5050269054d80",
                HexFormat.of().formatHex(header));
        assertEquals(OpenPgp.HEADER_LENGTH, header.length);
    }

    @Test
    void a_time_that_32_bits_do_not_hold_is_refused() {
        var key = ROOT_A.publicKey();
        OpenPgp.header(key, Instant.ofEpochSecond(0xFFFF_FFFFL));
        assertThrows(IllegalArgumentException.class, () -> OpenPgp.header(key, Instant.ofEpochSecond(0x1_0000_0000L)));
        assertThrows(IllegalArgumentException.class, () -> OpenPgp.header(key, Instant.ofEpochSecond(-1)));
    }

    @Test
    void a_root_is_signed_in_the_open_pgp_form_and_the_others_in_the_raw_one() {
        var root = World.firstRoot().envelope().signatures().get(ROOT_A.publicKey());
        var keyMgr = World.keyMgr(1).envelope().signatures().get(KEY_MGR.publicKey());
        assertEquals(List.of("other_headers", "signature"), names(root));
        assertEquals(List.of("signature"), names(keyMgr));
    }

    private static List<String> names(@Nullable SignatureEntry entry) {
        return entry == null ? List.of() : List.copyOf(entry.json().members().keySet());
    }

    @Test
    void the_file_is_in_canonical_form_and_named_by_role_and_version() {
        var root = World.firstRoot();
        assertArrayEquals(root.bytes(), Dialect.CONDA.canonical(Json.parse(root.bytes(), JsonLimits.METADATA)));
        assertEquals("1.root.json", root.fileName());
        assertEquals("key_mgr.json", World.keyMgr(5).fileName());
        assertEquals("pkg_mgr.json", sign(RoleEditor.pkgMgr(5, YEAR), PKG_CONDA).fileName());
        assertEquals(root.sha256(), Envelope.parse("1.root.json", root.bytes()).sha256());
    }

    @Test
    void signers_in_different_places_add_to_one_file() {
        var metadata = RoleEditor.root(2, YEAR, keys(2, ROOT_A, ROOT_B), keys(1, KEY_MGR));
        var first = sign(metadata, ROOT_A);
        var both =
                RoleSigner.addSignatures(Role.ROOT, Envelope.parse("2.root.json", first.bytes()), NOW, List.of(ROOT_B));
        assertArrayEquals(sign(metadata, ROOT_A, ROOT_B).bytes(), both.bytes());
        var roles = World.begun();
        roles.updateRoot(both.fileName(), both.bytes());
        assertThrows(
                IllegalArgumentException.class,
                () -> RoleSigner.addSignatures(Role.ROOT, both.envelope(), NOW, List.of(ROOT_A)));
        assertThrows(
                ContentTrustException.WrongRole.class,
                () -> RoleSigner.addSignatures(Role.KEY_MGR, both.envelope(), NOW, List.of(KEY_MGR)));
    }

    @Test
    void renewing_keeps_keys_and_unknown_members_and_counts_the_version_up() {
        var before = World.firstRoot().metadata();
        var extended = new RoleMetadata(
                Role.ROOT, 1, YEAR, before.delegations(), before.json().with("comment", new JsonString("kept")));
        var later = Validity.from(NOW, Duration.ofDays(1096));
        var renewed = RoleEditor.renewed(extended, later);
        assertEquals(before.delegations(), renewed.delegations());
        var roles = World.begun();
        roles.updateRoot("2.root.json", sign(renewed, ROOT_A).bytes());
        assertEquals(renewed, roles.root());
        assertEquals(
                new JsonString("kept"), roles.root().json().member("comment").orElseThrow());
        assertEquals(Duration.ofDays(1096), roles.root().validity().life());
    }

    @Test
    void signing_the_same_again_gives_the_same_bytes() {
        assertArrayEquals(World.firstRoot().bytes(), World.firstRoot().bytes());
    }
}
