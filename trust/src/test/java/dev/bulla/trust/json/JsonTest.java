package dev.bulla.trust.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.trust.json.JsonLimits.Duplicates;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final JsonLimits SMALL = new JsonLimits(1000, 5, 20, Duplicates.REFUSED);

    private static Json parse(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.METADATA);
    }

    private static JsonException refused(byte[] text, JsonLimits limits) {
        return assertThrows(JsonException.class, () -> Json.parse(text, limits));
    }

    private static JsonException refused(String text) {
        return refused(text.getBytes(StandardCharsets.UTF_8), JsonLimits.METADATA);
    }

    @Test
    void every_kind_of_value_is_read() {
        var read = parse(
                " {\"o\": {}, \"a\": [1, \"x\"],\r\n\t\"s\": \"é\\n\", \"n\": -1.50E+3, \"t\": true, \"f\": false, \"z\": null} ");
        var expected = JsonObject.builder()
                .put("o", JsonObject.empty())
                .put("a", new JsonArray(List.of(JsonNumber.of(1), new JsonString("x"))))
                .put("s", "é\n")
                .put("n", new JsonNumber("-1.50E+3"))
                .put("t", new JsonBoolean(true))
                .put("f", new JsonBoolean(false))
                .put("z", new JsonNull())
                .build();
        assertEquals(expected, read);
    }

    @Test
    void members_keep_the_order_of_the_text_and_are_equal_in_any() {
        var read = (JsonObject) parse("{\"b\":1,\"a\":2}");
        assertEquals(List.of("b", "a"), List.copyOf(read.members().keySet()));
        assertEquals(read, parse("{\"a\":2,\"b\":1}"));
        assertEquals("{\"b\":1,\"a\":2}", new String(read.compact(), StandardCharsets.UTF_8));
    }

    @Test
    void a_number_keeps_its_text() {
        assertEquals(new JsonNumber("5747.0"), parse("5747.0"));
        assertFalse(parse("5747.0").equals(parse("5747")));
        assertEquals("1180591620717411303424", ((JsonNumber) parse("1180591620717411303424")).text());
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-0,0", "9223372036854775807,9223372036854775807", "-9223372036854775808,-9223372036854775808"})
    void an_integer_that_fits_has_a_value(String text, long value) {
        assertEquals(OptionalLong.of(value), new JsonNumber(text).asLong());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e3", "9223372036854775808", "-99999999999999999999999"})
    void a_number_that_is_no_integer_or_too_large_has_none(String text) {
        assertEquals(OptionalLong.empty(), new JsonNumber(text).asLong());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "\"",
                "\"a",
                "\"\\",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u\"",
                "\"\t\"",
                "\"\n\"",
                "\"\u0000\"",
                "tru",
                "truex",
                "nul",
                "False",
                "True",
                "None",
                "01",
                "-",
                "-a",
                "+1",
                "1.",
                ".5",
                "1e",
                "1e+",
                "1.e3",
                "--1",
                "0x10",
                "1_000",
                "1 1",
                "[] []",
                "// c\n1",
                "/* c */ 1",
                "\uFEFF1",
                "[1]\u0000",
                "'a'",
                "undefined",
                "[1\u00A0]",
                "\u000B1"
            })
    void what_is_no_json_is_refused(String text) {
        refused(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "[NaN]", "{\"a\":-Infinity}"})
    void numbers_that_are_not_finite_are_refused_by_name(String text) {
        assertTrue(String.valueOf(refused(text).getMessage()).contains("NaN and Infinity are no JSON numbers"));
    }

    @Test
    void a_duplicate_name_is_refused_with_its_place() {
        var refused = refused("{\"a\":1, \"\\u0061\":2}");
        assertEquals("byte 8: duplicate name \"a\"", refused.getMessage());
        assertEquals(8, refused.offset());
    }

    @Test
    void a_duplicate_name_is_read_as_python_reads_it_only_when_asked_for() {
        var lenient = new JsonLimits(100, 5, 10, Duplicates.LAST_ONE_WINS);
        assertEquals(parse("{\"a\":2}"), Json.parse("{\"a\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8), lenient));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "c3",
                "c328",
                "c080",
                "c1bf",
                "e08080",
                "e28028",
                "e282",
                "eda080",
                "edbfbf",
                "f0808080",
                "f08fbfbf",
                "f4908080",
                "f5808080",
                "f8888080",
                "ff",
                "fe",
                "e2",
                "f09f98"
            })
    void what_is_no_utf_8_is_refused(String hex) {
        refused(HexFormat.of().parseHex("22" + hex + "22"), JsonLimits.METADATA);
    }

    @ParameterizedTest
    @CsvSource({"c280,0080", "dfbf,07ff", "e0a080,0800", "ed9fbf,d7ff", "ee8080,e000", "efbfbf,ffff"})
    void the_first_and_last_character_of_each_utf_8_length_is_read(String hex, String unit) {
        var read = Json.parse(HexFormat.of().parseHex("22" + hex + "22"), JsonLimits.METADATA);
        assertEquals(new JsonString(Character.toString(Integer.parseInt(unit, 16))), read);
    }

    @Test
    void astral_characters_are_read_as_utf_8_and_as_escapes() {
        assertEquals(parse("\"😀\""), parse("\"\\ud83d\\ude00\""));
        assertEquals(
                parse("\"\\udbff\\udfff\""), Json.parse(HexFormat.of().parseHex("22f48fbfbf22"), JsonLimits.METADATA));
    }

    @Test
    void a_lone_surrogate_can_be_escaped_and_is_kept() {
        assertEquals(new JsonString("\ud800"), parse("\"\\ud800\""));
        assertEquals("\"\\ud800\"", new String(parse("\"\\uD800\"").compact(), StandardCharsets.US_ASCII));
    }

    @Test
    void every_escape_is_read() {
        assertEquals(new JsonString("\"\\/\b\f\n\r\t\u00e9"), parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\""));
    }

    @Test
    void a_text_cut_anywhere_is_refused() {
        var text = "{\"a\": [1, -2.5e+3, \"é\\u00e9\\n😀\", true, null, {\"b\": {}}], \"c\": \"\"}"
                .getBytes(StandardCharsets.UTF_8);
        for (var length = 0; length < text.length; length++) {
            refused(Arrays.copyOf(text, length), JsonLimits.METADATA);
        }
        assertArrayEquals(
                "{\"a\":[1,-2.5e+3,\"éé\\n😀\",true,null,{\"b\":{}}],\"c\":\"\"}".getBytes(StandardCharsets.UTF_8),
                Json.parse(text, JsonLimits.METADATA).compact());
    }

    @Test
    void the_limits_are_met_exactly_and_not_passed() {
        Json.parse("[[[[[]]]]]".getBytes(StandardCharsets.UTF_8), SMALL);
        assertTrue(message("[[[[[[]]]]]]").contains("nested deeper than 5"));
        Json.parse(("[" + "1,".repeat(18) + "1]").getBytes(StandardCharsets.UTF_8), SMALL);
        assertTrue(message("[" + "1,".repeat(19) + "1]").contains("more than 20 values"));
        Json.parse(("\"" + "x".repeat(998) + "\"").getBytes(StandardCharsets.UTF_8), SMALL);
        assertTrue(message("\"" + "x".repeat(999) + "\"").contains("1001 bytes, at most 1000"));
    }

    private static String message(String text) {
        return String.valueOf(
                refused(text.getBytes(StandardCharsets.UTF_8), SMALL).getMessage());
    }

    @Test
    void the_deepest_nesting_that_may_be_asked_for_is_read_and_written() {
        var limits = new JsonLimits(10_000, JsonLimits.DEEPEST, 10_000, Duplicates.REFUSED);
        var text = "[".repeat(JsonLimits.DEEPEST) + "]".repeat(JsonLimits.DEEPEST);
        assertEquals(
                text,
                new String(
                        Json.parse(text.getBytes(StandardCharsets.UTF_8), limits)
                                .compact(),
                        StandardCharsets.UTF_8));
        refused(("[" + text + "]").getBytes(StandardCharsets.UTF_8), limits);
        refused("[".repeat(9_999).getBytes(StandardCharsets.UTF_8), limits);
        assertThrows(
                IllegalArgumentException.class, () -> new JsonLimits(1, JsonLimits.DEEPEST + 1, 1, Duplicates.REFUSED));
    }

    @Test
    void a_number_longer_than_any_reader_takes_is_refused() {
        parse("1".repeat(JsonNumber.LONGEST));
        refused("1".repeat(JsonNumber.LONGEST + 1));
    }

    @Test
    void a_message_shows_untrusted_text_only_shortened_and_printable() {
        var name = "\\u001b[31m" + "x".repeat(500);
        var message = String.valueOf(
                refused("{\"" + name + "\":1,\"" + name + "\":2}").getMessage());
        assertTrue(message.length() < 150);
        assertTrue(message.contains("?[31mxxx"));
    }

    @Test
    void an_object_cannot_be_changed_from_outside() {
        var read = (JsonObject) parse("{\"a\":1}");
        assertThrows(UnsupportedOperationException.class, () -> read.members().put("b", JsonNumber.of(2)));
        assertThrows(UnsupportedOperationException.class, () -> read.members().clear());
        assertThrows(UnsupportedOperationException.class, () -> read.members().pollFirstEntry());
        var builder = JsonObject.builder().put("a", 1);
        var built = builder.build();
        builder.put("b", 2);
        assertEquals(read, built);
        assertThrows(IllegalArgumentException.class, () -> builder.put("a", 3));
    }

    @Test
    void a_member_is_set_in_place_or_at_the_end_and_taken_away() {
        var read = (JsonObject) parse("{\"a\":1,\"b\":2}");
        assertEquals(
                "{\"a\":3,\"b\":2}", new String(read.with("a", JsonNumber.of(3)).compact(), StandardCharsets.UTF_8));
        assertEquals(
                "{\"a\":1,\"b\":2,\"c\":3}",
                new String(read.with("c", JsonNumber.of(3)).compact(), StandardCharsets.UTF_8));
        assertEquals(parse("{\"b\":2}"), read.without("a"));
    }
}
