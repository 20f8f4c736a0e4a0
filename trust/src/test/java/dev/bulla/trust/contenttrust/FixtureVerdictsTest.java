package dev.bulla.trust.contenttrust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.trust.contenttrust.ContentTrustException.Expired;
import dev.bulla.trust.contenttrust.ContentTrustException.Malformed;
import dev.bulla.trust.contenttrust.ContentTrustException.SignatureMissing;
import dev.bulla.trust.contenttrust.ContentTrustException.TooFewSignatures;
import dev.bulla.trust.contenttrust.ContentTrustException.VersionSkipped;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.FixtureFolder;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import dev.bulla.trust.keys.PublicKey;
import dev.bulla.trust.keys.Signature;
import dev.bulla.trust.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Files of other projects: each verdict that their own tools give, each at an instant when the files were fresh. */
class FixtureVerdictsTest {
    private static final String CCT = "conda-content-trust/";
    private static final String CONDA = "conda-26.1-tests/";

    private static Envelope envelope(String path) throws Exception {
        return Envelope.parse(path.substring(path.indexOf('/') + 1), FixtureFolder.bytes(path));
    }

    private static TrustedRoles from(String rootPath, String now) throws Exception {
        var run = new VerificationRun(Dialect.CONDA, Instant.parse(now), SeenVersions.NONE);
        return TrustedRoles.of(run, envelope(rootPath));
    }

    private static void update(TrustedRoles roles, String path) throws Exception {
        roles.updateRoot(path.substring(path.indexOf('/') + 1), FixtureFolder.bytes(path));
    }

    private static String text(Json json, String name) {
        return ((JsonString) ((JsonObject) json).member(name).orElseThrow()).value();
    }

    private static long number(Json json, String name) {
        return ((JsonNumber) ((JsonObject) json).member(name).orElseThrow())
                .asLong()
                .orElseThrow();
    }

    private static boolean flag(Json json, String name) {
        return ((JsonBoolean) ((JsonObject) json).member(name).orElseThrow()).value();
    }

    private static List<Json> vectors(String file) throws Exception {
        return ((JsonArray) FixtureFolder.json("generated/" + file)).elements();
    }

    @Test
    void every_metadata_vector_is_reproduced() throws Exception {
        var vectors = vectors("metadata-vectors.json");
        for (var vector : vectors) {
            var envelope = envelope(text(vector, "file"));
            var canonical = envelope.signedCanonical(Dialect.CONDA);
            assertEquals(number(vector, "canonical_signed_length"), canonical.length);
            assertEquals(text(vector, "canonical_signed_sha256"), Digests.sha256Hex(canonical));
            assertArrayEquals(canonical, envelope.signedCanonical(Dialect.LIBMAMBA));
            var signatures =
                    ((JsonArray) ((JsonObject) vector).member("signatures").orElseThrow()).elements();
            assertEquals(signatures.size(), envelope.signatures().size());
            for (var signature : signatures) {
                check(envelope, canonical, signature);
            }
        }
        assertEquals(19, vectors.size());
    }

    private static void check(Envelope envelope, byte[] canonical, Json vector) {
        var key = PublicKey.parse(text(vector, "key"));
        var entry = Objects.requireNonNull(envelope.signatures().get(key), "no entry of " + key);
        var isOpenPgp = text(vector, "form").equals("openpgp");
        assertEquals(isOpenPgp, entry.isOfFormFor(Role.ROOT));
        assertEquals(!isOpenPgp, entry.isOfFormFor(Role.KEY_MGR));
        assertEquals(flag(vector, "valid"), entry.isValid(key, canonical));
        if (isOpenPgp) {
            var header = HexFormat.of().parseHex(text(entry.json(), "other_headers"));
            var digest = OpenPgp.digest(canonical, header);
            assertEquals(text(vector, "digest_signed"), HexFormat.of().formatHex(digest));
        }
    }

    @Test
    void every_record_vector_is_reproduced() throws Exception {
        var vectors = vectors("record-vectors.json");
        for (var vector : vectors) {
            var signed = signed(text(vector, "file"), text(vector, "artifact"));
            var canonical = RecordSignatures.signedBytes(Dialect.CONDA, signed.record());
            assertEquals(number(vector, "canonical_length"), canonical.length);
            assertEquals(text(vector, "canonical_sha256"), Digests.sha256Hex(canonical));
            var key = PublicKey.parse(text(vector, "key"));
            assertEquals(RecordSignatures.entry(key, Signature.parse(text(vector, "signature"))), signed.signatures());
            assertEquals(flag(vector, "valid"), isTrusted(Delegation.of(key), signed));
        }
        assertEquals(7, vectors.size());
    }

    @Test
    void every_signing_vector_is_reproduced() throws Exception {
        var keys = FixtureFolder.json("generated/test-keys.json");
        var record = signer(keys, "cct_pkg_mgr");
        var root = signer(keys, "cct_key_mgr");
        var vectors = vectors("signing-vectors.json");
        for (var vector : vectors) {
            var canonical = text(vector, "canonical").getBytes(StandardCharsets.UTF_8);
            if (((JsonObject) vector).member("other_headers").isEmpty()) {
                assertEquals(text(vector, "signature"), record.sign(canonical).hex());
                continue;
            }
            var header = HexFormat.of().parseHex(text(vector, "other_headers"));
            var digest = OpenPgp.digest(canonical, header);
            assertEquals(text(vector, "digest"), HexFormat.of().formatHex(digest));
            assertEquals(text(vector, "signature"), root.sign(digest).hex());
        }
        assertEquals(4, vectors.size());
    }

    private static SigningKey signer(Json keys, String name) {
        var key = ((JsonObject) keys).member(name).orElseThrow();
        var signer = SigningKey.parse(text(key, "seed"));
        assertEquals(text(key, "public"), signer.publicKey().hex());
        return signer;
    }

    @Test
    void the_published_test_keys_have_the_published_public_keys() throws Exception {
        var keys = FixtureFolder.json("generated/test-keys.json");
        for (var name : List.of("cct_key_mgr", "cct_pkg_mgr", "conda_key_mgr", "conda_pkg_mgr")) {
            signer(keys, name);
        }
    }

    @Test
    void the_production_root_is_trusted_while_it_was_fresh_and_expired_since() throws Exception {
        var path = "anaconda-production/1.root.json";
        var root = from(path, "2022-01-01T00:00:00Z").root();
        assertEquals(2, root.delegation(Role.ROOT).threshold());
        assertEquals(4, root.delegation(Role.ROOT).pubkeys().size());
        var keyMgr = root.delegation(Role.KEY_MGR).pubkeys().getFirst().hex();
        assertEquals("f24c813d", keyMgr.substring(0, 8));
        assertEquals("edb0", keyMgr.substring(60));
        var later = from(path, "2022-10-31T18:00:00Z");
        assertThrows(Expired.class, () -> later.updateKeyMgr(World.keyMgr(1).bytes()));
    }

    @Test
    void both_chains_of_three_roots_hold() throws Exception {
        for (var folder : List.of(CCT, CONDA)) {
            var roles = from(folder + "1.root.json", "2021-06-01T00:00:00Z");
            update(roles, folder + "2.root.json");
            update(roles, folder + "3.root.json");
            assertEquals(3, roles.root().version());
        }
        update(
                from("conda-content-trust-demo/1.root.json", "2021-06-01T00:00:00Z"),
                "conda-content-trust-demo/2.root.json");
    }

    @Test
    void a_root_left_out_breaks_the_chain() throws Exception {
        for (var folder : List.of(CCT, CONDA)) {
            var roles = from(folder + "1.root.json", "2021-06-01T00:00:00Z");
            assertThrows(VersionSkipped.class, () -> update(roles, folder + "3.root.json"));
        }
    }

    @Test
    void the_invalid_roots_are_refused() throws Exception {
        for (var folder : List.of(CCT, CONDA)) {
            var roles = from(folder + "1.root.json", "2021-06-01T00:00:00Z");
            var second = FixtureFolder.bytes(folder + "2.root_invalid.json");
            assertThrows(TooFewSignatures.class, () -> roles.updateRoot("2.root.json", second));
            update(roles, folder + "2.root.json");
            var third = FixtureFolder.bytes(folder + "3.root_invalid.json");
            assertThrows(TooFewSignatures.class, () -> roles.updateRoot("3.root.json", third));
        }
    }

    @Test
    void each_key_mgr_verifies_under_its_root() throws Exception {
        from(CCT + "1.root.json", "2021-06-01T00:00:00Z").updateKeyMgr(FixtureFolder.bytes(CCT + "key_mgr.json"));
        from("conda-content-trust-demo/1.root.json", "2021-06-01T00:00:00Z")
                .updateKeyMgr(FixtureFolder.bytes("conda-content-trust-demo/key_mgr.json"));
        var quetz = TrustedRoles.of(
                new VerificationRun(Dialect.CONDA, Instant.parse("2021-12-01T00:00:00Z"), SeenVersions.NONE),
                Envelope.parse("1.root.json", FixtureFolder.bytes("quetz/root.json")));
        quetz.updateKeyMgr(FixtureFolder.bytes("quetz/key_mgr.json"));
        for (var keyMgr : List.of(CCT + "key_mgr_verify.json", CONDA + "key_mgr.json")) {
            for (var root : List.of("1.root.json", "2.root.json", "3.root.json")) {
                from(CONDA + root, "2024-06-01T00:00:00Z").updateKeyMgr(FixtureFolder.bytes(keyMgr));
            }
        }
    }

    @Test
    void a_key_mgr_of_zeros_or_changed_after_signing_is_refused() throws Exception {
        for (var folder : List.of(CCT, CONDA)) {
            var invalid = FixtureFolder.bytes(folder + "key_mgr_invalid.json");
            var roles = from(CONDA + "1.root.json", "2024-06-01T00:00:00Z");
            assertThrows(TooFewSignatures.class, () -> roles.updateKeyMgr(invalid));
        }
        var tampered = new String(FixtureFolder.bytes(CCT + "key_mgr.json"), StandardCharsets.UTF_8)
                .replace("\"version\": 1", "\"version\": 2")
                .getBytes(StandardCharsets.UTF_8);
        var roles = from(CCT + "1.root.json", "2021-06-01T00:00:00Z");
        assertThrows(TooFewSignatures.class, () -> roles.updateKeyMgr(tampered));
    }

    @Test
    void the_roots_of_mamba_verify_for_libmamba_too() throws Exception {
        var bytes = FixtureFolder.bytes("mamba/1.sv0.6.root.json");
        var run = new VerificationRun(Dialect.LIBMAMBA, Instant.parse("2021-12-01T00:00:00Z"), SeenVersions.NONE);
        assertEquals(
                1,
                TrustedRoles.of(run, Envelope.parse("1.root.json", bytes))
                        .root()
                        .version());
    }

    @Test
    void a_root_of_the_tuf_like_version_1_is_no_content_trust_envelope() throws Exception {
        var template = FixtureFolder.bytes("mamba/v1-root-template.json");
        assertThrows(Malformed.class, () -> Envelope.parse("1.root.json", template));
    }

    @Test
    void packages_are_trusted_untrusted_or_unsigned_as_conda_says() throws Exception {
        var roles = from(CONDA + "1.root.json", "2024-06-01T00:00:00Z");
        roles.updateKeyMgr(FixtureFolder.bytes(CONDA + "key_mgr.json"));
        for (var trusted : List.of("first.tar.bz2", "second.conda", "third.conda")) {
            assertTrue(isTrusted(roles.packageKeys(), signed(CCT + "repodata.json", trusted)), trusted);
        }
        var broken = signed(CCT + "repodata.json", "broken-0.0.1-broken.tar.bz2");
        assertThrows(TooFewSignatures.class, () -> verify(roles.packageKeys(), broken));
        var unsigned = signed(CCT + "repodata.json", "broken-0.0.1-broken.conda");
        assertThrows(SignatureMissing.class, () -> verify(roles.packageKeys(), unsigned));
    }

    @Test
    void the_record_that_libmamba_s_own_test_signs_is_its_own_reduced_form() throws Exception {
        var record = signed("mamba/test-server-noarch-repodata.json", "test-package-0.1-0.tar.bz2")
                .record();
        assertEquals(record, RecordSignatures.signedForm(Dialect.LIBMAMBA, record));
        assertArrayEquals(
                RecordSignatures.signedBytes(Dialect.CONDA, record),
                RecordSignatures.signedBytes(Dialect.LIBMAMBA, record));
    }

    private static SignedRecord signed(String path, String artifact) throws Exception {
        var repodata = (JsonObject) FixtureFolder.json(path);
        var section = artifact.endsWith(".conda") && hasIn(repodata, "packages.conda", artifact)
                ? "packages.conda"
                : "packages";
        var record = (JsonObject) ((JsonObject) repodata.member(section).orElseThrow())
                .member(artifact)
                .orElseThrow();
        var signatures = (JsonObject) repodata.member("signatures").orElse(JsonObject.empty());
        return new SignedRecord(artifact, record, signatures.member(artifact).orElse(null));
    }

    private static boolean hasIn(JsonObject repodata, String section, String artifact) {
        return repodata.member(section).orElse(JsonObject.empty()) instanceof JsonObject records
                && records.member(artifact).isPresent();
    }

    private static Verified<JsonObject> verify(Delegation keys, SignedRecord signed) {
        return RecordSignatures.verify(Dialect.CONDA, keys, signed);
    }

    private static boolean isTrusted(Delegation keys, SignedRecord signed) {
        try {
            return verify(keys, signed).signers().equals(keys.pubkeys());
        } catch (TooFewSignatures untrusted) {
            return false;
        }
    }
}
