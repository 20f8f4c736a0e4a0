package dev.bulla.trust.contenttrust;

import static dev.bulla.trust.contenttrust.World.KEY_MGR;
import static dev.bulla.trust.contenttrust.World.PKG_CONDA;
import static dev.bulla.trust.contenttrust.World.PKG_LIBMAMBA;
import static dev.bulla.trust.contenttrust.World.ROOT_A;
import static dev.bulla.trust.contenttrust.World.STRANGER;
import static dev.bulla.trust.contenttrust.World.YEAR;
import static dev.bulla.trust.contenttrust.World.json;
import static dev.bulla.trust.contenttrust.World.keys;
import static dev.bulla.trust.contenttrust.World.sign;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulla.trust.contenttrust.ContentTrustException.FileNameWrong;
import dev.bulla.trust.contenttrust.ContentTrustException.Malformed;
import dev.bulla.trust.contenttrust.ContentTrustException.SignatureMissing;
import dev.bulla.trust.contenttrust.ContentTrustException.TooFewSignatures;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonNull;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import dev.bulla.trust.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One package: its record, its file name and its signatures. */
class PackageTest {
    private static final String FILE = "zlib-1.3.1-h_0.conda";
    private static final JsonObject RECORD = json("""
            {"build": "h_0", "build_number": 0, "depends": ["libgcc >=13", "__glibc >=2.17"], "constrains": ["zlib-ng <0"],
             "license": "Zlib", "license_family": "Other", "md5": "0123456789abcdef0123456789abcdef", "name": "zlib",
             "noarch": "generic", "sha256": "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
             "size": 12345, "subdir": "linux-64", "timestamp": 1700000000999, "version": "1.3.1"}""");

    private static TrustedRoles ready(Dialect dialect) {
        if (dialect == Dialect.CONDA) {
            return World.ready();
        }
        var roles = TrustedRoles.of(
                World.run(dialect, SeenVersions.NONE), World.firstRoot().envelope());
        roles.updateKeyMgr(
                sign(RoleEditor.keyMgr(1, YEAR, keys(1, PKG_LIBMAMBA)), KEY_MGR).bytes());
        roles.updatePkgMgr(sign(RoleEditor.pkgMgr(1, YEAR), PKG_LIBMAMBA).bytes());
        return roles;
    }

    private static SigningKey signer(Dialect dialect) {
        return dialect == Dialect.CONDA ? PKG_CONDA : PKG_LIBMAMBA;
    }

    private static JsonObject signatures(Dialect dialect, JsonObject record) {
        var key = signer(dialect);
        return RecordSignatures.entry(key.publicKey(), RecordSignatures.sign(dialect, record, key));
    }

    @Test
    void a_signed_record_is_verified_for_conda_as_it_stands() {
        var verified = ready(Dialect.CONDA).verifyPackage(FILE, RECORD, signatures(Dialect.CONDA, RECORD));
        assertEquals(RECORD, verified.value());
        assertEquals(List.of(PKG_CONDA.publicKey()), verified.signers());
        assertEquals("1 of 1 keys", verified.toString());
    }

    @Test
    void a_signed_record_is_verified_for_libmamba_and_proves_its_reduced_form_only() {
        var verified = ready(Dialect.LIBMAMBA).verifyPackage(FILE, RECORD, signatures(Dialect.LIBMAMBA, RECORD));
        var proven = json("""
                {"build": "h_0", "build_number": 0, "constrains": ["zlib-ng <0"], "depends": ["libgcc >=13", "__glibc >=2.17"],
                 "license": "Zlib", "md5": "0123456789abcdef0123456789abcdef", "name": "zlib",
                 "sha256": "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                 "size": 12345, "subdir": "linux-64", "timestamp": 1700000000, "version": "1.3.1"}""");
        assertEquals(proven, verified.value());
    }

    @Test
    void absent_fields_are_signed_as_libmamba_fills_them() {
        var reduced = RecordSignatures.signedForm(
                Dialect.LIBMAMBA, json("{\"name\": \"x\", \"license\": null, \"constrains\": []}"));
        assertEquals(
                json(
                        "{\"build\": \"\", \"build_number\": 0, \"depends\": [], \"license\": \"\", \"md5\": \"\", \"name\": \"x\","
                                + "\"sha256\": \"\", \"size\": 0, \"subdir\": \"\", \"timestamp\": 0, \"version\": \"\"}"),
                reduced);
    }

    @Test
    void a_timestamp_is_cut_to_seconds_from_the_year_10000_on() {
        for (var pair :
                new long[][] {{0, 0}, {253402300799L, 253402300799L}, {253402300800L, 253402300L}, {1999, 1999}}) {
            var record = JsonObject.of("timestamp", JsonNumber.of(pair[0]));
            assertEquals(
                    JsonNumber.of(pair[1]),
                    RecordSignatures.signedForm(Dialect.LIBMAMBA, record)
                            .member("timestamp")
                            .orElseThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": 1}",
                "{\"size\": \"1\"}",
                "{\"size\": -1}",
                "{\"size\": 1.5}",
                "{\"timestamp\": 1e3}",
                "{\"build_number\": true}",
                "{\"depends\": \"x\"}",
                "{\"depends\": [1]}",
                "{\"constrains\": {}}",
                "{\"size\": 9223372036854775808}"
            })
    void a_record_that_libmamba_could_not_read_is_not_signed_for_it(String record) {
        assertThrows(Malformed.class, () -> RecordSignatures.sign(Dialect.LIBMAMBA, json(record), PKG_LIBMAMBA));
    }

    @ParameterizedTest
    @EnumSource
    void a_tampered_record_is_refused(Dialect dialect) {
        var signatures = signatures(dialect, RECORD);
        var other = new JsonString("ff".repeat(32));
        for (var tampered : List.of(
                RECORD.with("sha256", other),
                RECORD.with("size", JsonNumber.of(1)),
                RECORD.with("depends", new JsonArray(List.of())),
                RECORD.without("constrains"),
                RECORD.with("subdir", new JsonString("win-64")))) {
            var refused = assertThrows(
                    TooFewSignatures.class, () -> ready(dialect).verifyPackage(FILE, tampered, signatures));
            assertEquals(FILE + ": 0 valid signatures by the 1 package keys, expected 1", refused.getMessage());
        }
    }

    @Test
    void any_change_at_all_is_refused_for_conda() {
        var signatures = signatures(Dialect.CONDA, RECORD);
        for (var tampered : List.of(
                RECORD.without("noarch"),
                RECORD.with("size", new JsonNumber("12345.0")),
                RECORD.with("track_features", new JsonString("x")),
                RECORD.with("timestamp", JsonNumber.of(1700000000998L)))) {
            assertThrows(TooFewSignatures.class, () -> ready(Dialect.CONDA).verifyPackage(FILE, tampered, signatures));
        }
    }

    @Test
    void what_libmamba_s_signature_does_not_cover_is_not_in_what_it_proves() {
        var signatures = signatures(Dialect.LIBMAMBA, RECORD);
        var tampered = RECORD.with("track_features", new JsonString("x")).without("noarch");
        var verified = ready(Dialect.LIBMAMBA).verifyPackage(FILE, tampered, signatures);
        assertEquals(Optional.empty(), verified.value().member("track_features"));
    }

    @Test
    void a_signature_for_one_dialect_is_none_for_the_other() {
        assertNotEquals(
                new String(RecordSignatures.signedBytes(Dialect.CONDA, RECORD), StandardCharsets.UTF_8),
                new String(RecordSignatures.signedBytes(Dialect.LIBMAMBA, RECORD), StandardCharsets.UTF_8));
        var forLibmamba = RecordSignatures.entry(
                PKG_CONDA.publicKey(), RecordSignatures.sign(Dialect.LIBMAMBA, RECORD, PKG_CONDA));
        assertThrows(TooFewSignatures.class, () -> ready(Dialect.CONDA).verifyPackage(FILE, RECORD, forLibmamba));
    }

    @Test
    void a_record_that_libmamba_cannot_read_is_named_by_its_file() {
        var unreadable = RECORD.with("depends", new JsonString("x"));
        var refused = assertThrows(
                ContentTrustException.Malformed.class,
                () -> ready(Dialect.LIBMAMBA).verifyPackage(FILE, unreadable, signatures(Dialect.LIBMAMBA, RECORD)));
        assertEquals(FILE + ": record: \"depends\" is no array", refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void a_stripped_signature_is_refused(Dialect dialect) {
        var roles = ready(dialect);
        for (var nothing : new Json[] {JsonObject.empty(), new JsonNull()}) {
            assertThrows(SignatureMissing.class, () -> roles.verifyPackage(FILE, RECORD, nothing));
        }
        var refused = assertThrows(SignatureMissing.class, () -> roles.verifyPackage(FILE, RECORD, null));
        assertEquals(FILE + ": no signature, expected 1", refused.getMessage());
    }

    @Test
    void foreign_signers_are_refused_whoever_they_are() {
        for (var signer : List.of(STRANGER, ROOT_A, KEY_MGR, PKG_LIBMAMBA)) {
            var foreign =
                    RecordSignatures.entry(signer.publicKey(), RecordSignatures.sign(Dialect.CONDA, RECORD, signer));
            assertThrows(TooFewSignatures.class, () -> ready(Dialect.CONDA).verifyPackage(FILE, RECORD, foreign));
        }
    }

    @Test
    void a_foreign_signature_under_a_trusted_key_is_refused() {
        var borrowed =
                RecordSignatures.entry(PKG_CONDA.publicKey(), RecordSignatures.sign(Dialect.CONDA, RECORD, STRANGER));
        assertThrows(TooFewSignatures.class, () -> ready(Dialect.CONDA).verifyPackage(FILE, RECORD, borrowed));
    }

    @Test
    void the_signature_of_another_record_is_refused() {
        var other = RECORD.with("build_number", JsonNumber.of(1));
        assertThrows(
                TooFewSignatures.class,
                () -> ready(Dialect.CONDA).verifyPackage(FILE, RECORD, signatures(Dialect.CONDA, other)));
    }

    @Test
    void a_record_under_another_file_name_is_refused_though_its_signature_is_good() {
        var signatures = signatures(Dialect.CONDA, RECORD);
        for (var name : List.of(
                "zlib-1.3.2-h_0.conda", "zlib-1.3.1-h_0.zip", "zlib-1.3.1-h_0", "openssl-1.3.1-h_0.conda", "")) {
            assertThrows(FileNameWrong.class, () -> ready(Dialect.CONDA).verifyPackage(name, RECORD, signatures), name);
        }
        ready(Dialect.CONDA).verifyPackage("zlib-1.3.1-h_0.tar.bz2", RECORD, signatures);
    }

    @Test
    void an_entry_of_another_form_is_refused() {
        var good = signatures(Dialect.CONDA, RECORD);
        var key = PKG_CONDA.publicKey().hex();
        var entry = (JsonObject) good.member(key).orElseThrow();
        var signature = ((JsonString) entry.member("signature").orElseThrow()).value();
        var roles = ready(Dialect.CONDA);
        for (var malformed : List.of(
                new JsonString(signature),
                JsonObject.of(key, new JsonString(signature)),
                JsonObject.of(key, JsonObject.empty()),
                JsonObject.of(key, entry.with("signature", new JsonString(signature.toUpperCase(Locale.ROOT)))),
                JsonObject.of(key, entry.with("other_headers", new JsonString(""))))) {
            assertThrows(Malformed.class, () -> roles.verifyPackage(FILE, RECORD, malformed));
        }
        for (var worthless : List.of(
                JsonObject.of(key.toUpperCase(Locale.ROOT), entry),
                JsonObject.of(key, entry.with("other_headers", new JsonString("00"))),
                JsonObject.of(key, entry.with("comment", new JsonString("x"))))) {
            assertThrows(TooFewSignatures.class, () -> roles.verifyPackage(FILE, RECORD, worthless));
        }
    }

    @Test
    void what_a_stranger_put_beside_a_good_signature_does_no_harm() {
        var signatures =
                signatures(Dialect.CONDA, RECORD).with(STRANGER.publicKey().hex(), new JsonString("not even an entry"));
        ready(Dialect.CONDA).verifyPackage(FILE, RECORD, signatures);
    }

    @Test
    void two_of_three_package_keys_must_sign_when_two_are_asked_for() {
        var third = World.key(23);
        var delegation = keys(2, PKG_CONDA, PKG_LIBMAMBA, third);
        var roles = World.begun();
        roles.updateKeyMgr(sign(RoleEditor.keyMgr(1, YEAR, delegation), KEY_MGR).bytes());
        var one = signatures(Dialect.CONDA, RECORD);
        assertThrows(TooFewSignatures.class, () -> roles.verifyPackage(FILE, RECORD, one));
        var second = RecordSignatures.entry(third.publicKey(), RecordSignatures.sign(Dialect.CONDA, RECORD, third));
        var both = one.with(
                third.publicKey().hex(), second.member(third.publicKey().hex()).orElseThrow());
        var verified = roles.verifyPackage(FILE, RECORD, both);
        assertEquals(List.of(PKG_CONDA.publicKey(), third.publicKey()), verified.signers());
        assertEquals("2 of 3 keys", verified.toString());
    }

    @Test
    void a_record_that_is_no_object_or_lacks_its_name_is_malformed() {
        var roles = ready(Dialect.CONDA);
        var signatures = signatures(Dialect.CONDA, RECORD);
        assertThrows(Malformed.class, () -> roles.verifyPackage(FILE, new JsonNull(), signatures));
        assertThrows(Malformed.class, () -> roles.verifyPackage(FILE, RECORD.without("name"), signatures));
        assertThrows(
                Malformed.class, () -> roles.verifyPackage(FILE, RECORD.with("build", JsonNumber.of(0)), signatures));
    }

    @Test
    void a_verified_record_cannot_be_made_elsewhere() {
        assertEquals(0, Verified.class.getConstructors().length);
    }
}
