package dev.bulla.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.channel.patch.PatchResult;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.Packages;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What patch instructions make of records that are there and of those that come, in every form and verified. */
final class PatchesTest {
    private static final String ZLIB = "zlib-1.0-0.conda";
    private static final String NEEDS = "{\"packages.conda\":{\"zlib-1.0-0.conda\":{\"depends\":[\"libgcc >=13\"]}}}";

    @TempDir
    Path folder;

    @Test
    void a_changed_record_is_signed_anew_in_both_views_and_is_in_its_shard() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            test.publish(Packages.tiny("bzip2"));
            var before = indexedTimestamp(test);

            var result = patch(test, NEEDS);

            assertEquals(new PatchResult(Subdir.NOARCH, 1, 0, 0, true, result.generation()), result);
            for (var view : Dialect.values()) {
                assertEquals(Set.of(ZLIB, "bzip2-1.0-0.conda"), view(test, view).packages(Subdir.NOARCH));
                assertEquals(JsonArray.ofStrings(List.of("libgcc >=13")), member(test, view, "depends"));
            }
            assertEquals("[\"libgcc >=13\"]", inShard(test, "depends"));
            assertEquals(before, indexedTimestamp(test));
        }
    }

    @Test
    void what_comes_later_is_patched_too() throws IOException {
        try (var test = TestChannels.open(folder)) {
            assertEquals(0, patch(test, NEEDS).changed());
            test.publish(Packages.tiny("zlib"));
            assertEquals(JsonArray.ofStrings(List.of("libgcc >=13")), member(test, Dialect.CONDA, "depends"));
            assertEquals(Set.of(ZLIB), view(test, Dialect.LIBMAMBA).packages(Subdir.NOARCH));
        }
    }

    @Test
    void other_instructions_begin_from_what_was_uploaded_also_after_a_start() throws IOException {
        var other = "{\"packages.conda\":{\"zlib-1.0-0.conda\":{\"license\":\"Zlib\"}}}";
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            patch(test, NEEDS);
        }
        try (var test = TestChannels.open(folder)) {
            assertEquals(1, patch(test, other).changed());
            assertEquals(JsonArray.ofStrings(List.of()), member(test, Dialect.CONDA, "depends"));
            assertEquals(new JsonString("Zlib"), member(test, Dialect.CONDA, "license"));
            assertEquals(1, patch(test, "{}").changed());
            assertFalse(record(test, Dialect.CONDA).members().containsKey("license"));
            assertEquals(Set.of(ZLIB), view(test, Dialect.CONDA).packages(Subdir.NOARCH));
        }
    }

    @Test
    void a_removed_record_leaves_the_indexes_and_is_named_there_until_it_returns() throws IOException {
        var remove = "{\"remove\":[\"zlib-1.0-0.conda\"]}";
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            assertEquals(1, patch(test, remove).removed());
            assertEquals(Set.of(), view(test, Dialect.CONDA).packages(Subdir.NOARCH));
            assertEquals(
                    JsonArray.ofStrings(List.of(ZLIB)),
                    view(test, Dialect.CONDA)
                            .repodata(Subdir.NOARCH)
                            .member("removed")
                            .orElseThrow());
            assertEquals(Set.of(), view(test, Dialect.CONDA).inShards(Subdir.NOARCH, Label.MAIN));
            assertEquals(1, patch(test, "{}").returned());
            assertEquals(Set.of(ZLIB), view(test, Dialect.CONDA).packages(Subdir.NOARCH));
        }
    }

    @Test
    void a_revoked_record_stays_and_can_never_be_installed() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            patch(test, "{\"revoke\":[\"zlib-1.0-0.conda\"]}");
            assertEquals(
                    JsonArray.ofStrings(List.of("package_has_been_revoked")), member(test, Dialect.CONDA, "depends"));
            assertEquals(Set.of(ZLIB), view(test, Dialect.LIBMAMBA).packages(Subdir.NOARCH));
        }
    }

    @Test
    void the_same_instructions_again_change_nothing() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            var first = patch(test, NEEDS);
            var second = patch(test, NEEDS);
            assertEquals(first.generation(), second.generation());
            assertEquals(0, second.changed());
        }
    }

    @Test
    void a_preview_tells_what_would_change_and_changes_nothing() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            var before = view(test, Dialect.CONDA).repodata(Subdir.NOARCH);
            var preview = test.main().previewPatch(Subdir.NOARCH, NEEDS.getBytes(UTF_8), test.admin());
            assertEquals(1, preview.changed());
            assertFalse(preview.done());
            assertEquals(before, view(test, Dialect.CONDA).repodata(Subdir.NOARCH));
        }
    }

    @Test
    void originals_and_instructions_are_served_once_there_are_instructions() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            test.publish(Packages.tiny("bzip2"));
            for (var file : List.of("repodata_from_packages.json", "patch_instructions.json")) {
                assertTrue(file(test, Dialect.CONDA, file).isEmpty());
            }
            var before = view(test, Dialect.CONDA).repodata(Subdir.NOARCH);
            patch(test, "{\"remove\":[\"bzip2-1.0-0.conda\"]," + NEEDS.substring(1));
            test.publish(Packages.tiny("xz"));
            test.channels.settle();

            for (var view : Dialect.values()) {
                var originals = document(test, view, "repodata_from_packages.json");
                var records = new TreeMap<>(
                        ((JsonObject) originals.member("packages.conda").orElseThrow()).members());
                assertTrue(records.remove("xz-1.0-0.conda") != null);
                assertEquals(before.member("packages.conda").orElseThrow(), new JsonObject(records));
                assertTrue(originals.member("signatures").isEmpty());
                assertEquals(
                        "libgcc >=13",
                        document(test, view, "patch_instructions.json")
                                .member("packages.conda")
                                .map(PatchesTest::onlyNeed)
                                .orElseThrow());
            }
            assertEquals(
                    Set.of(ZLIB, "xz-1.0-0.conda"), view(test, Dialect.CONDA).packages(Subdir.NOARCH));
            var exports = (JsonObject) document(test, Dialect.CONDA, "run_exports.json")
                    .member("packages.conda")
                    .orElseThrow();
            assertEquals(3, exports.members().size(), "the unpatched index has three");
        }
    }

    private static String onlyNeed(Json changes) {
        var change = (JsonObject) ((JsonObject) changes).member(ZLIB).orElseThrow();
        var depends = (JsonArray) change.member("depends").orElseThrow();
        return ((JsonString) depends.elements().getFirst()).value();
    }

    private static Optional<ServedFile> file(TestChannels test, Dialect view, String name) {
        return test.main().indexFile(view, Subdir.NOARCH, Label.MAIN, name);
    }

    private static JsonObject document(TestChannels test, Dialect view, String name) throws IOException {
        return (JsonObject) Json.parse(ClientView.bytes(file(test, view, name).orElseThrow()), JsonLimits.METADATA);
    }

    @Test
    void a_record_of_the_third_revision_stands_apart_in_every_index() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib")
                    .field("schema_version", "3")
                    .field("extra_depends", "{\"docs\":[\"sphinx\"]}")
                    .field("flags", "[\"gpu\"]")
                    .depends("python[when=\"target.os == 'linux'\"]"));
            test.publish(Packages.tiny("bzip2"));
            assertEquals(Set.of("bzip2-1.0-0.conda"), view(test, Dialect.CONDA).packages(Subdir.NOARCH));
            for (var view : Dialect.values()) {
                var v3 = (JsonObject)
                        view(test, view).repodata(Subdir.NOARCH).member("v3").orElseThrow();
                assertEquals(
                        Set.of("zlib-1.0-0"),
                        ((JsonObject) v3.member("conda").orElseThrow())
                                .members()
                                .keySet());
            }
            var shard = Objects.requireNonNull(
                    view(test, Dialect.CONDA).shards(Subdir.NOARCH, Label.MAIN).get("zlib"));
            assertEquals(Set.of(), shard.records().keySet());
            assertEquals(Set.of(ZLIB), shard.v3().keySet());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"schema_version | 4", "schema_version | 0", "flags | {}", "extra_depends | {\"docs\":1}"})
    void a_revision_that_is_not_known_or_not_kept_to_is_refused(String member, String json) throws IOException {
        try (var test = TestChannels.open(folder)) {
            var odd = Packages.tiny("zlib").field(member, json);
            assertEquals(
                    List.of(Code.METADATA_INVALID),
                    TestChannels.codes(test.publish(TestChannels.upload(odd.condaName(), odd.conda()))));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"packages.conda\":{\"zlib-1.0-0.conda\":{\"sha256\":\"0\"}}}",
                "{\"packages.conda\":{\"zlib-1.0-0.conda\":{\"depends\":[\" no spec\"]}}}",
                "{\"packages.conda\":{\"zlib-1.0-0.conda\":{\"depends\":[\"a\\u0000b\"]}}}",
                "{\"patch_instructions_version\":2}"
            })
    void what_no_client_could_read_is_refused_as_a_whole(String instructions) throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            var before = view(test, Dialect.CONDA).repodata(Subdir.NOARCH);
            var refused = assertThrows(ProblemException.class, () -> patch(test, instructions));
            assertEquals(Code.REPODATA_INVALID, refused.problem().code());
            assertEquals(before, view(test, Dialect.CONDA).repodata(Subdir.NOARCH));
        }
    }

    private static PatchResult patch(TestChannels test, String instructions) throws IOException {
        return test.main().patch(Subdir.NOARCH, instructions.getBytes(UTF_8), test.admin());
    }

    private static ClientView view(TestChannels test, Dialect view) {
        return new ClientView(test.main(), view, test.clock.instant());
    }

    private static JsonObject record(TestChannels test, Dialect view) throws IOException {
        var records = (JsonObject) view(test, view)
                .repodata(Subdir.NOARCH)
                .member("packages.conda")
                .orElseThrow();
        return (JsonObject) records.member(ZLIB).orElseThrow();
    }

    private static Object member(TestChannels test, Dialect view, String name) throws IOException {
        return record(test, view).member(name).orElseThrow();
    }

    private static Object indexedTimestamp(TestChannels test) throws IOException {
        return member(test, Dialect.CONDA, "indexed_timestamp");
    }

    private static String inShard(TestChannels test, String member) throws IOException {
        var shard = Objects.requireNonNull(
                view(test, Dialect.CONDA).shards(Subdir.NOARCH, Label.MAIN).get("zlib"));
        return Objects.requireNonNull(shard.records().get(ZLIB)).text(member).orElseThrow();
    }
}
