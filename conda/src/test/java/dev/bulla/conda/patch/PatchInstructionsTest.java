package dev.bulla.conda.patch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.Fixtures;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchInstructionsTest {
    private static final JsonMembers RECORD =
            members("{\"depends\":[\"b\"],\"features\":\"f\",\"license\":\"X\",\"sha256\":\"0\"}");

    private static JsonMembers members(String json) {
        return JsonMembers.parse(json.getBytes(UTF_8), JsonBounds.SMALL);
    }

    private static PatchInstructions parse(String json) {
        return PatchInstructions.parse(json.getBytes(UTF_8));
    }

    @Test
    void members_are_set_and_taken_away() {
        var patch = parse("{\"packages\":{\"a-1-0.tar.bz2\":{\"depends\":[\"b <2\"],\"features\":null}}}");
        assertEquals(
                Optional.of(members("{\"depends\":[\"b <2\"],\"license\":\"X\",\"sha256\":\"0\"}")),
                patch.apply("a-1-0.tar.bz2", RECORD));
        assertEquals(Optional.of(RECORD), patch.apply("a-1-1.tar.bz2", RECORD));
    }

    @Test
    void what_is_said_of_the_old_format_goes_for_the_new_one_but_not_back() {
        var old = parse("{\"packages\":{\"a-1-0.tar.bz2\":{\"license\":\"Y\"}},\"remove\":[\"b-1-0.tar.bz2\"]}");
        assertEquals(
                RECORD.with("license", "\"Y\""),
                old.apply("a-1-0.conda", RECORD).orElseThrow());
        assertTrue(old.apply("b-1-0.conda", RECORD).isEmpty());
        var young = parse("{\"packages.conda\":{\"a-1-0.conda\":{\"license\":\"Y\"}},\"remove\":[\"b-1-0.conda\"]}");
        assertEquals(Optional.of(RECORD), young.apply("a-1-0.tar.bz2", RECORD));
        assertEquals(Optional.of(RECORD), young.apply("b-1-0.tar.bz2", RECORD));
    }

    @Test
    void a_change_of_the_new_format_itself_stands_alone() {
        var patch = parse("{\"packages\":{\"a-1-0.tar.bz2\":{\"license\":\"Y\"}},"
                + "\"packages.conda\":{\"a-1-0.conda\":{\"license\":\"Z\"}}}");
        assertEquals(
                RECORD.with("license", "\"Z\""),
                patch.apply("a-1-0.conda", RECORD).orElseThrow());
    }

    @Test
    void a_revoked_record_stays_and_cannot_be_installed() {
        var patch = parse("{\"revoke\":[\"a-1-0.tar.bz2\"]}");
        var expected =
                RECORD.with("depends", "[\"b\",\"package_has_been_revoked\"]").with("revoked", "true");
        assertEquals(Optional.of(expected), patch.apply("a-1-0.tar.bz2", RECORD));
        assertEquals(Optional.of(expected), patch.apply("a-1-0.conda", RECORD));
    }

    @Test
    void it_is_known_which_files_they_concern() {
        var patch = parse("{\"packages\":{\"a-1-0.tar.bz2\":{}},\"remove\":[\"b-1-0.conda\"],"
                + "\"revoke\":[\"c-1-0.tar.bz2\"]}");
        assertTrue(patch.concern("a-1-0.conda") && patch.concern("b-1-0.conda") && patch.concern("c-1-0.conda"));
        assertFalse(patch.concern("b-1-0.tar.bz2") || patch.concern("d-1-0.conda"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "indexed_timestamp\":1",
                "sha256\":\"0\"",
                "md5\":null",
                "name\":\"b\"",
                "size\":1",
                "revoked\":true",
                "depends\":null",
                "depends\":\"b\"",
                "depends\":[1]",
                "constrains\":\"b\"",
                "license\":[\"X\"]",
                "track_features\":7",
                "features\":true",
                "purls\":\"x\"",
                "anything\":1"
            })
    void a_member_that_may_not_change_or_not_so_is_refused(String member) {
        var json = "{\"packages.conda\":{\"a-1-0.conda\":{\"" + member + "}}}";
        var refused = assertThrows(ProblemException.class, () -> parse(json));
        assertEquals(Code.REPODATA_INVALID, refused.problem().code());
        assertTrue(
                refused.problem().detail().contains("a-1-0.conda"),
                refused.problem().detail());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"patch_instructions_version\":2}",
                "{\"patch_instructions_version\":\"1\"}",
                "{\"other\":{}}",
                "{\"remove\":\"a\"}",
                "{\"revoke\":[1]}",
                "{\"packages\":[]}",
                "{\"packages\":{\"a-1-0.conda\":{}}}",
                "{\"packages\":{\"a-1-0.tar.bz2\":1}}",
                "{\"packages\":{},\"packages\":{}}",
                "[]",
                "{"
            })
    void what_are_no_instructions_of_version_1_is_refused(String json) {
        assertEquals(
                Code.REPODATA_INVALID,
                assertThrows(ProblemException.class, () -> parse(json))
                        .problem()
                        .code());
    }

    @ParameterizedTest
    @CsvSource({"'',true", "_2,false", "_3,true", "_4,true", "_5,true"})
    void real_instructions_are_read(String suffix, boolean stays) {
        var patch = PatchInstructions.parse(
                Fixtures.bytes("channel/rattler-channels/patch/linux-64/patch_instructions" + suffix + ".json"));
        var fileName = "cross-python_emscripten-32-3.10.1-h60d57d3_8.tar.bz2";
        assertEquals(stays, patch.apply(fileName, RECORD).isPresent());
    }

    @Test
    void real_instructions_change_what_they_name() {
        var patch = PatchInstructions.parse(
                Fixtures.bytes("channel/rattler-channels/patch/linux-64/patch_instructions.json"));
        var patched = patch.apply("cross-python_emscripten-32-3.10.1-h60d57d3_8.tar.bz2", RECORD)
                .orElseThrow();
        assertEquals(Optional.of("WOLF LICENSE"), patched.string("license"));
        assertEquals(Optional.of("[\"curl >5.0\"]"), patched.text("constrains"));
        assertEquals(5, patched.strings("depends").orElseThrow().size());
    }
}
