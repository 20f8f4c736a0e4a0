package dev.bulla.conda.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The members of {@code info/index.json}: what real builders write is taken, what breaks a client is refused. */
class IndexJsonTest {
    private static TinyPackage tiny() {
        return Packages.tiny("tiny");
    }

    @Test
    void a_missing_build_number_is_0_and_missing_depends_are_none() {
        var text = "{\"name\":\"tiny\",\"version\":\"1.0\",\"build\":\"0\",\"subdir\":\"noarch\"}";
        var index = IndexJson.parse(text.getBytes(UTF_8));
        assertEquals(0, index.buildNumber());
        assertEquals(List.of(), index.depends());
        assertEquals(Optional.of("[]"), index.members().text("depends"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "noarch         | \"python\"",
                "noarch         | true",
                "noarch         | null",
                "license        | \"None\"",
                "license        | null",
                "track_features | \"mkl nomkl\"",
                "track_features | [\"mkl\"]",
                "features       | \"vc14\"",
                "timestamp      | 253402127999",
                "timestamp      | 1542814864",
                "timestamp      | 1542814864621",
                "schema_version | 2",
                "schema_version | 3",
                "flags | [\"gpu\"]",
                "extra_depends | {\"docs\":[\"sphinx\"]}",
                "constrains     | [\"dependency>=2.0\"]",
                "depends        | [\"python 2.7*\", \"zlib >=1.2.11,<1.3.0a0\"]",
                "depends        | [\"__glibc\", \"zlib=1.2\", \"z>=1\", \"main::zlib\", \"c/noarch::zlib 1\", \"zlib[build=h]\"]",
                "version        | \"1!2.0_1.post1+local.1\"",
                "version        | \"1.0.1_\"",
                "app            | {\"entry\": \"x\"}",
                "purls          | null"
            })
    void a_member_as_real_builders_write_it_is_kept_as_it_is(String member, String json) {
        var kept = parse(tiny().field(member, json)).members().text(member).orElseThrow();
        assertEquals(json.replace(": ", ":").replace(", ", ","), kept);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name                | \"Tiny\"                | package name",
                "license             | \"a\\u0000b\"          | control",
                "license_family      | \"\\u001b[31m\"        | control",
                "name                | 7                       | another type",
                "version             | \"1.0-1\"               | version",
                "version             | \"1.0.\"                | cannot be compared",
                "version             | \"1..0\"                | cannot be compared",
                "version             | \"1.__\"                | cannot be compared",
                "version             | \"1.0+\"                | cannot be compared",
                "version             | \"1!2!3\"               | cannot be compared",
                "version             | \"a!1\"                 | cannot be compared",
                "version             | \"1.9999999999999999999\" | cannot be compared",
                "build               | \"\"                    | build string",
                "build_number        | -1                      | whole number",
                "build_number        | 1.0                     | another type",
                "build_number        | \"1\"                   | another type",
                "build_number        | null                    | another type",
                "subdir              | \"linux\"               | subdir",
                "subdir              | null                    | another type",
                "depends             | null                    | another type",
                "depends             | \"zlib\"                | another type",
                "depends             | [\"zlib\", null]        | another type",
                "depends             | [\" \"]                 | no match specification",
                "depends             | [\"zlib\\u0000\"]       | no match specification",
                "depends             | [\"\"]                  | no match specification",
                "depends             | [\" zlib\"]             | no match specification",
                "depends             | [\">=1.0\"]             | no match specification",
                "depends             | [\"main::\"]            | no match specification",
                "depends             | [\"z[url=a:]:\"]        | no match specification",
                "depends             | [\"z[url=a: b]\"]       | no match specification",
                "depends             | [\"z\\u00a0>=1\"]       | no match specification",
                "depends             | [\"zl\\u00efb\"]         | no match specification",
                "constrains          | [\"zlib\", \" x >=1\"]  | no match specification",
                "constrains          | {}                      | another type",
                "noarch              | \"\"                    | generic",
                "noarch              | \"perl\"                | generic",
                "timestamp           | -1                      | whole number",
                "timestamp           | 1.5e12                  | another type",
                "timestamp           | 9007199254740993        | whole number",
                "timestamp           | 9007199254740992        | later than the year 9999",
                "timestamp           | 253402300799            | later than the year 9999",
                "license             | [\"MIT\"]               | another type",
                "track_features      | [1]                     | another type",
                "track_features      | 1                       | another type",
                "track_features      | null                    | another type",
                "schema_version      | 4                       | must be 1, 2 or 3",
                "schema_version      | 0                       | must be 1, 2 or 3",
                "url                 | \"https://example.org\" | for the channel to say",
                "indexed_timestamp   | 1                       | for the channel to say",
                "sha256              | \"00\"                  | for the channel to say",
                "attestations_sha256 | \"00\"                  | for the channel to say"
            })
    void a_member_that_would_break_a_client_is_refused(String member, String json, String said) {
        var problems = problems(tiny().field(member, json));
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().detail().contains(said), problems.toString());
        assertTrue(problems.getFirst().detail().startsWith("info/index.json: member " + member + " "));
    }

    @ParameterizedTest
    @CsvSource({"name", "version", "build", "subdir"})
    void a_member_that_must_be_there_is_missed(String member) {
        var text = tiny().indexJson().replace("\"" + member + "\":", "\"x_" + member + "\":");
        var problems = problems(text);
        assertEquals(
                "info/index.json: member " + member + " is missing",
                problems.getFirst().detail());
    }

    @Test
    void every_member_that_is_wrong_is_named() {
        var problems = problems(
                tiny().field("depends", "7").field("timestamp", "\"now\"").field("md5", "\"\""));
        assertEquals(3, problems.size());
    }

    @Test
    void what_is_no_json_object_is_refused() {
        for (var text : new String[] {"", "[]", "null", "{", "{\"name\":\"a\",\"name\":\"b\"}", "{}x", "\u0000"}) {
            assertTrue(problems(text).getFirst().detail().startsWith("info/index.json: "), text);
        }
    }

    @Test
    void a_timestamp_in_seconds_is_told_from_one_in_milliseconds() {
        assertEquals(
                Optional.of(1542814864000L),
                parse(tiny().timestamp(1542814864L)).timestampMillis());
        assertEquals(
                Optional.of(1542814864621L),
                parse(tiny().timestamp(1542814864621L)).timestampMillis());
        assertEquals(Optional.empty(), parse(tiny()).timestampMillis());
    }

    @Test
    void deep_and_long_files_are_refused() {
        assertTrue(problems(tiny().field("app", "[".repeat(40) + "]".repeat(40)))
                .toString()
                .contains("limits"));
        assertTrue(problems(tiny().field("app", "\"" + "x".repeat(1 << 20) + "\""))
                .toString()
                .contains("1048576"));
    }

    private static IndexJson parse(TinyPackage tiny) {
        return IndexJson.parse(tiny.indexJson().getBytes(UTF_8));
    }

    private static List<Problem> problems(TinyPackage tiny) {
        return problems(tiny.indexJson());
    }

    private static List<Problem> problems(String text) {
        var bytes = text.getBytes(UTF_8);
        var problems = assertThrows(ArchiveException.class, () -> IndexJson.parse(bytes))
                .problems();
        assertTrue(problems.stream().allMatch(problem -> problem.code() == Code.METADATA_INVALID));
        return problems;
    }
}
