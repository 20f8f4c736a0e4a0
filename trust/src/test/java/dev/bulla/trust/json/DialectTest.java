package dev.bulla.trust.json;

import static dev.bulla.trust.json.Dialect.CONDA;
import static dev.bulla.trust.json.Dialect.LIBMAMBA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialectTest {
    private static String canonical(Dialect dialect, String text) {
        var value = Json.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.METADATA);
        return new String(dialect.canonical(value), StandardCharsets.UTF_8);
    }

    @Test
    void both_indent_by_two_and_end_without_a_newline() {
        var text = "{\"b\":[1,{\"c\":[[]]},{}],\"a\":\"\"}";
        var expected = """
                {
                  "a": "",
                  "b": [
                    1,
                    {
                      "c": [
                        []
                      ]
                    },
                    {}
                  ]
                }""";
        assertEquals(expected, canonical(CONDA, text));
        assertEquals(expected, canonical(LIBMAMBA, text));
    }

    @Test
    void conda_escapes_all_but_ascii() {
        assertEquals(
                "\"caf\\u00e9 \\ud83d\\ude00 \\u007f \\u2028 /\"", canonical(CONDA, "\"café 😀 \u007f \u2028 \\/\""));
    }

    @Test
    void libmamba_writes_utf_8() {
        assertEquals(
                "\"café 😀 \u007f \u2028 \uffff /\"", canonical(LIBMAMBA, "\"café 😀 \u007f \u2028 \\uFFFF \\/\""));
    }

    @Test
    void both_escape_controls_in_the_same_way() {
        var text = "\"\\u0000\\u001f\\b\\f\\n\\r\\t\\\"\\\\\"";
        assertEquals(text, canonical(CONDA, text));
        assertEquals(text, canonical(LIBMAMBA, text));
    }

    @Test
    void names_are_in_code_point_order_at_every_depth() {
        var astral = "😀";
        var expected = List.of("", "A", "a", "aa", "é", "\ue000", "\uffff", astral, astral + "a");
        var object = JsonObject.builder();
        expected.reversed().forEach(name -> object.put(name, new JsonArray(List.of(nested(expected)))));
        for (var dialect : Dialect.values()) {
            var read = (JsonObject) Json.parse(dialect.canonical(object.build()), JsonLimits.METADATA);
            assertEquals(expected, List.copyOf(read.members().keySet()));
            var inner = (JsonObject)
                    ((JsonArray) read.member("a").orElseThrow()).elements().getFirst();
            assertEquals(expected, List.copyOf(inner.members().keySet()));
        }
    }

    private static JsonObject nested(List<String> names) {
        var object = JsonObject.builder();
        names.reversed().forEach(name -> object.put(name, 1));
        return object.build();
    }

    @Test
    void a_lone_surrogate_sorts_by_its_own_number() {
        // U+D83D < U+D83D followed by a letter < U+E000 < the pair that is U+1F600
        var expected = List.of("\ud83d", "\ud83dx", "\ude00", "\ue000", "\ud83d\ude00");
        var written = new String(CONDA.canonical(nested(expected)), StandardCharsets.US_ASCII);
        assertEquals(
                "{\n  \"\\ud83d\": 1,\n  \"\\ud83dx\": 1,\n  \"\\ude00\": 1,\n  \"\\ue000\": 1,\n  \"\\ud83d\\ude00\": 1\n}",
                written);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,0",
        "-0,0,0",
        "-1,-1,-1",
        "18446744073709551615,18446744073709551615,18446744073709551615",
        "18446744073709551616,18446744073709551616,1.8446744073709552e+19",
        "-9223372036854775808,-9223372036854775808,-9223372036854775808",
        "-9223372036854775809,-9223372036854775809,-9.223372036854776e+18",
        "5747.0,5747.0,5747.0",
        "1e0,1.0,1.0",
        "-0.0,-0.0,-0.0",
        "0e5,0.0,0.0",
        "1e5,100000.0,100000.0",
        "123456789.123,123456789.123,123456789.123",
        "1e14,100000000000000.0,100000000000000.0",
        "1e15,1000000000000000.0,1e+15",
        "1234567890123456.0,1234567890123456.0,1.234567890123456e+15",
        "1E16,1e+16,1e+16",
        "1e22,1e+22,1e+22",
        "1.5e300,1.5e+300,1.5e+300",
        "0.0001,0.0001,0.0001",
        "0.00012,0.00012,0.00012",
        "1e-5,1e-05,1e-05",
        "1.5e-7,1.5e-07,1.5e-07",
        "5e-324,5e-324,5e-324",
        "9e-324,1e-323,1e-323",
        "2e-323,2e-323,2e-323",
        "2.2250738585072014e-308,2.2250738585072014e-308,2.2250738585072014e-308",
        "1.7976931348623157e308,1.7976931348623157e+308,1.7976931348623157e+308",
        "0.1,0.1,0.1",
        "0.30000000000000004,0.30000000000000004,0.30000000000000004",
        "2e23,2e+23,2e+23",
        "9007199254740993.0,9007199254740992.0,9.007199254740992e+15",
        "12345678901234567890.0,1.2345678901234567e+19,1.2345678901234567e+19",
    })
    void numbers_are_written_as_each_reader_prints_them(String text, String conda, String libmamba) {
        assertEquals(conda, canonical(CONDA, text));
        assertEquals(libmamba, canonical(LIBMAMBA, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e309", "-1e309", "1e999999"})
    void a_float_beyond_double_has_no_canonical_form(String text) {
        assertThrows(JsonException.class, () -> canonical(CONDA, text));
        assertThrows(JsonException.class, () -> canonical(LIBMAMBA, text));
    }

    @Test
    void an_integer_beyond_double_is_conda_s_and_not_libmamba_s() {
        var text = "1" + "0".repeat(400);
        assertEquals(text, canonical(CONDA, text));
        assertThrows(JsonException.class, () -> canonical(LIBMAMBA, text));
    }

    @Test
    void a_lone_surrogate_is_escaped_for_conda_and_refused_for_libmamba() {
        assertEquals("\"\\ud800x\"", canonical(CONDA, "\"\\ud800x\""));
        assertThrows(JsonException.class, () -> canonical(LIBMAMBA, "\"\\ud800x\""));
        assertThrows(JsonException.class, () -> canonical(LIBMAMBA, "{\"\\udc00\\ud800\":1}"));
    }

    @Test
    void a_tree_built_deeper_than_any_reader_goes_is_refused() {
        Json value = JsonObject.empty();
        for (var depth = 0; depth < JsonLimits.DEEPEST; depth++) {
            value = new JsonArray(List.of(value));
        }
        CONDA.canonical(value);
        var deeper = new JsonArray(List.of(new JsonArray(List.of(value))));
        assertThrows(JsonException.class, () -> CONDA.canonical(deeper));
        assertThrows(JsonException.class, deeper::compact);
    }
}
