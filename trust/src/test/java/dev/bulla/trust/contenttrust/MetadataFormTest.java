package dev.bulla.trust.contenttrust;

import static dev.bulla.trust.contenttrust.World.KEY_MGR;
import static dev.bulla.trust.contenttrust.World.PKG_CONDA;
import static dev.bulla.trust.contenttrust.World.ROOT_A;
import static dev.bulla.trust.contenttrust.World.YEAR;
import static dev.bulla.trust.contenttrust.World.begun;
import static dev.bulla.trust.contenttrust.World.json;
import static dev.bulla.trust.contenttrust.World.keys;
import static dev.bulla.trust.contenttrust.World.sign;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.trust.contenttrust.ContentTrustException.Malformed;
import dev.bulla.trust.contenttrust.ContentTrustException.SpecVersionUnknown;
import dev.bulla.trust.contenttrust.ContentTrustException.WrongRole;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of trust files. Each change is made before signing, so that only its form can be what is refused. */
class MetadataFormTest {
    private static final RoleMetadata METADATA = RoleEditor.keyMgr(1, YEAR, keys(1, PKG_CONDA));
    private static final String KEY = PKG_CONDA.publicKey().hex();

    /** key_mgr with this member set to this JSON, and signed so. */
    private static byte[] signedWith(String member, String value) {
        var edited =
                METADATA.json().with(member, Json.parse(value.getBytes(StandardCharsets.UTF_8), JsonLimits.METADATA));
        return sign(new RoleMetadata(Role.KEY_MGR, 1, YEAR, METADATA.delegations(), edited), KEY_MGR)
                .bytes();
    }

    private static Malformed malformed(byte[] file) {
        return assertThrows(Malformed.class, () -> begun().updateKeyMgr(file));
    }

    @Test
    void the_unchanged_file_is_accepted() {
        begun().updateKeyMgr(signedWith("version", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "metadata_spec_version", "delegations", "expiration", "timestamp", "version"})
    void a_missing_member_is_refused(String member) {
        var edited = METADATA.json().without(member);
        var file = sign(new RoleMetadata(Role.KEY_MGR, 1, YEAR, METADATA.delegations(), edited), KEY_MGR);
        assertEquals(
                "key_mgr.json: \"" + member + "\" is missing",
                malformed(file.bytes()).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.0", "1e0", "true", "\"1\"", "null", "2147483648", "99999999999999999999"})
    void a_version_that_is_no_positive_integer_is_refused(String version) {
        malformed(signedWith("version", version));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2027-1-1T00:00:00Z",
                "2027-01-01t00:00:00z",
                "2027-01-01 00:00:00Z",
                "2027-01-01T00:00:00",
                "2027-01-01T00:00Z",
                "2027-01-01T00:00:00.5Z",
                "2027-01-01T00:00:00+00:00",
                "2027-02-29T00:00:00Z",
                "2027-13-01T00:00:00Z",
                "2027-01-01T24:00:00Z",
                "2027-01-01T00:60:00Z",
                "2027-01-01T23:59:60Z",
                "02027-01-01T00:00:00Z",
                "",
                "soon",
                "2027-01-01T00:00:00Z\\n",
                "２027-01-01T00:00:00Z"
            })
    void a_time_of_any_other_form_is_refused(String time) {
        malformed(signedWith("expiration", "\"" + time + "\""));
        malformed(signedWith("timestamp", "\"" + time + "\""));
    }

    @Test
    void an_expiration_that_is_not_after_the_timestamp_is_refused() {
        malformed(signedWith("timestamp", "\"2028-01-01T00:00:00Z\""));
        malformed(signedWith("expiration", "1796000000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.6.1", "0.6", "0.6.0 ", "1.0.17", ""})
    void another_specification_version_is_refused(String version) {
        assertThrows(
                SpecVersionUnknown.class,
                () -> begun().updateKeyMgr(signedWith("metadata_spec_version", "\"" + version + "\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "pkg_mgr", "KEY_MGR", "targets", ""})
    void another_type_is_refused(String type) {
        assertThrows(WrongRole.class, () -> begun().updateKeyMgr(signedWith("type", "\"" + type + "\"")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"pkg_mgr\": []}",
                "{\"pkg_mgr.json\": {\"pubkeys\": [\"KEY\"], \"threshold\": 1}}",
                "{\"pkg_mgr\": {\"pubkeys\": [\"KEY\"], \"threshold\": 1}, \"root\": {\"pubkeys\": [\"KEY\"], \"threshold\": 1}}",
                "{\"pkg_mgr\": {\"pubkeys\": [\"KEY\"]}}",
                "{\"pkg_mgr\": {\"threshold\": 1}}",
                "{\"pkg_mgr\": {\"pubkeys\": [\"KEY\"], \"threshold\": 1, \"more\": 1}}",
                "{\"pkg_mgr\": {\"pubkeys\": [], \"threshold\": 1}}",
                "{\"pkg_mgr\": {\"pubkeys\": [\"KEY\"], \"threshold\": 0}}",
                "{\"pkg_mgr\": {\"pubkeys\": [\"KEY\"], \"threshold\": 2}}",
                "{\"pkg_mgr\": {\"pubkeys\": [\"KEY\"], \"threshold\": 1.0}}",
                "{\"pkg_mgr\": {\"pubkeys\": [\"KEY\"], \"threshold\": true}}",
                "{\"pkg_mgr\": {\"pubkeys\": [\"KEY\", \"KEY\"], \"threshold\": 1}}",
                "{\"pkg_mgr\": {\"pubkeys\": [\"UPPER\"], \"threshold\": 1}}",
                "{\"pkg_mgr\": {\"pubkeys\": [\"abc\"], \"threshold\": 1}}",
                "{\"pkg_mgr\": {\"pubkeys\": [1], \"threshold\": 1}}",
                "{\"pkg_mgr\": {\"pubkeys\": \"KEY\", \"threshold\": 1}}"
            })
    void delegations_of_any_other_form_are_refused(String delegations) {
        malformed(signedWith(
                "delegations", delegations.replace("KEY", KEY).replace("UPPER", KEY.toUpperCase(Locale.ROOT))));
    }

    @Test
    void a_root_delegates_to_itself_and_key_mgr_and_a_pkg_mgr_to_nobody() {
        var root = World.firstRoot();
        var delegations =
                (JsonObject) root.metadata().json().member("delegations").orElseThrow();
        var less = root.metadata().json().with("delegations", delegations.without("key_mgr"));
        var file = sign(new RoleMetadata(Role.ROOT, 1, YEAR, root.metadata().delegations(), less), ROOT_A);
        assertThrows(Malformed.class, () -> TrustedRoles.of(World.run(), file.envelope()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RoleMetadata(Role.PKG_MGR, 1, YEAR, METADATA.delegations(), METADATA.json()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "null",
                "{\"signed\": {}}",
                "{\"signatures\": {}}",
                "{\"signatures\": [], \"signed\": {}}",
                "{\"signatures\": {}, \"signed\": []}",
                "{\"signatures\": {}, \"signed\": {}, \"more\": 1}",
                "{\"signatures\": {\"abc\": {\"signature\": \"SIG\"}}, \"signed\": {}}",
                "{\"signatures\": {\"UPPER\": {\"signature\": \"SIG\"}}, \"signed\": {}}",
                "{\"signatures\": {\"KEY\": \"SIG\"}, \"signed\": {}}",
                "{\"signatures\": {\"KEY\": {}}, \"signed\": {}}",
                "{\"signatures\": {\"KEY\": {\"signature\": 1}}, \"signed\": {}}",
                "{\"signatures\": {\"KEY\": {\"signature\": \"abc\"}}, \"signed\": {}}",
                "{\"signatures\": {\"KEY\": {\"signature\": \"SHOUT\"}}, \"signed\": {}}",
                "{\"signatures\": {\"KEY\": {\"signature\": \"SIG\", \"other_headers\": \"\"}}, \"signed\": {}}",
                "{\"signatures\": {\"KEY\": {\"signature\": \"SIG\", \"other_headers\": \"0\"}}, \"signed\": {}}",
                "{\"signatures\": {\"KEY\": {\"signature\": \"SIG\", \"other_headers\": \"AB\"}}, \"signed\": {}}",
                "{\"signatures\": {\"KEY\": {\"signature\": \"SIG\", \"other_headers\": 1}}, \"signed\": {}}",
                "{\"signatures\": {\"KEY\": {\"signature\": \"SIG\", \"other_headers\": \"00\", \"see_also\": \"abc\"}}, \"signed\": {}}",
                "{\"signatures\": {}, \"signatures\": {}, \"signed\": {}}",
                "{\"signatures\": {}, \"signed\": {\"a\": NaN}}"
            })
    void an_envelope_of_any_other_form_is_refused(String text) {
        var filled = text.replace("KEY", KEY)
                .replace("UPPER", KEY.toUpperCase(Locale.ROOT))
                .replace("SIG", "ab".repeat(64))
                .replace("SHOUT", "AB".repeat(64));
        var bytes = filled.getBytes(StandardCharsets.UTF_8);
        assertThrows(Malformed.class, () -> Envelope.parse("key_mgr.json", bytes));
    }

    @Test
    void an_envelope_keeps_its_bytes_and_the_entries_as_they_stand() {
        var text = "{\"signed\": {\"a\":1},  \"signatures\": {\"" + KEY + "\": {\"x\": [1.0], \"signature\": \""
                + "ab".repeat(64) + "\"}}}";
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var envelope = Envelope.parse("x.json", bytes);
        assertArrayEquals(bytes, envelope.bytes());
        var entry = envelope.signatures().get(PKG_CONDA.publicKey());
        assertEquals(
                json("{\"x\": [1.0], \"signature\": \"" + "ab".repeat(64) + "\"}"),
                entry == null ? null : entry.json());
    }

    @Test
    void a_signed_number_without_canonical_form_is_malformed() {
        var edited = World.editedSigned(World.keyMgr(1), signed -> signed.with("more", new JsonNumber("1e999")));
        malformed(edited);
    }

    @Test
    void a_file_cut_anywhere_is_malformed() {
        var bytes = World.keyMgr(1).bytes();
        for (var length = 0; length < bytes.length; length++) {
            malformed(Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void a_huge_or_deep_file_is_malformed_at_once() {
        var huge = new byte[2 << 20];
        Arrays.fill(huge, (byte) ' ');
        assertTrue(String.valueOf(malformed(huge).getMessage()).contains("at most 1048576"));
        malformed(("{\"signed\":" + "[".repeat(1000)).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void no_change_of_one_byte_makes_another_document_believed() {
        var file = World.keyMgr(1);
        var bytes = file.bytes();
        for (var at = 0; at < bytes.length; at++) {
            for (var flip : new int[] {0x01, 0x10, 0x20, 0x80}) {
                var changed = bytes.clone();
                changed[at] ^= (byte) flip;
                var roles = begun();
                try {
                    roles.updateKeyMgr(changed);
                } catch (ContentTrustException refused) {
                    continue;
                }
                assertEquals(file.metadata(), roles.keyMgr().orElseThrow(), "byte " + at + " flipped by " + flip);
            }
        }
    }

    @Test
    void the_makers_refuse_what_the_readers_would() {
        var start = Instant.parse("2026-01-01T00:00:00Z");
        assertThrows(IllegalArgumentException.class, () -> Validity.from(start, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> Validity.from(start, Duration.ofMillis(900)));
        assertThrows(IllegalArgumentException.class, () -> Validity.from(start, Duration.ofDays(4_000_000)));
        assertThrows(IllegalArgumentException.class, () -> RoleEditor.pkgMgr(0, YEAR));
        assertThrows(IllegalArgumentException.class, () -> new Delegation(List.of(), 1));
        assertThrows(IllegalArgumentException.class, () -> keys(1, ROOT_A, ROOT_A));
        assertThrows(IllegalArgumentException.class, () -> keys(2, ROOT_A));
        assertThrows(IllegalArgumentException.class, () -> sign(METADATA, KEY_MGR, KEY_MGR));
        assertThrows(IllegalArgumentException.class, () -> METADATA.delegation(Role.ROOT));
        assertThrows(IllegalArgumentException.class, () -> new SeenVersions(0, -1, 0));
    }

    @Test
    void a_message_never_carries_control_characters() {
        var file = signedWith("type", "\"\\u001b[31mroot\"");
        var refused = assertThrows(WrongRole.class, () -> begun().updateKeyMgr(file));
        assertEquals("key_mgr.json: is of type \"?[31mroot\", expected \"key_mgr\"", refused.getMessage());
    }
}
