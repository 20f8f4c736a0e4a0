package dev.bulla.conda.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMembersTest {
    @Test
    void names_are_sorted_by_code_point_at_every_depth_and_white_space_goes() {
        assertEquals(
                "{\"\uffee\":0,\"\ud83d\ude00\":0}",
                parse("{\"\ud83d\ude00\": 0, \"\uffee\": 0}").toString());
        assertEquals(
                "{\"a\":{\"x\":1,\"y\":[{\"b\":2,\"c\":3}]},\"b\":[1,2]}",
                parse("""
                {"b": [1, 2], "a": {"y": [{"c": 3, "b": 2}], "x": 1}}
                """).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.50", "1E5", "-0", "123456789012345678901234567890", "0.1e-7"})
    void a_number_keeps_its_text(String number) {
        assertEquals(Optional.of(number), parse("{\"n\":" + number + "}").text("n"));
    }

    @Test
    void a_string_is_written_with_the_fewest_escapes() {
        assertEquals(
                "{\"s\":\"/é\\n\\u0001\\\"\\\\\ud83d\ude00\"}",
                parse("{\"s\":\"\\/\\u00e9\\n\\u0001\\\"\\\\\\ud83d\\ude00\"}").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1} {}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":NaN}",
                "{\"a\":1 /* no */}",
                "{\"a\":\"\n\"}",
                "{\"a\":1,\"a\":2}",
                "{\"x\":{\"a\":1,\"\\u0061\":2}}",
                "\ufeff{}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\\ud800\"}"
            })
    void what_is_no_json_object_is_refused(String text) {
        assertThrows(InvalidJsonException.class, () -> parse(text));
    }

    @Test
    void bytes_that_are_not_utf8_are_refused() {
        assertThrows(InvalidJsonException.class, () -> JsonMembers.parse("{}".getBytes(UTF_16LE), JsonBounds.SMALL));
        var overlong = new byte[] {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'};
        assertThrows(InvalidJsonException.class, () -> JsonMembers.parse(overlong, JsonBounds.SMALL));
    }

    @Test
    void more_than_the_bounds_is_refused() {
        var bounds = new JsonBounds(40, 3);
        assertEquals(
                "[[1]]",
                JsonMembers.parse("{\"a\":[[1]]}".getBytes(UTF_8), bounds)
                        .text("a")
                        .orElseThrow());
        assertThrows(InvalidJsonException.class, () -> JsonMembers.parse("{\"a\":[[[1]]]}".getBytes(UTF_8), bounds));
        var long41 = "{\"a\":\"" + "x".repeat(33) + "\"}";
        assertThrows(InvalidJsonException.class, () -> JsonMembers.parse(long41.getBytes(UTF_8), bounds));
        assertThrows(InvalidJsonException.class, () -> parse("{\"a\":" + "1".repeat(65) + "}"));
    }

    @Test
    void a_member_of_another_kind_is_refused_and_a_missing_one_is_empty() {
        var members = parse("{\"s\":\"x\",\"n\":1,\"l\":[\"a\",\"b\"],\"m\":[1],\"f\":1.0,\"z\":null}");
        assertEquals(Optional.of("x"), members.string("s"));
        assertEquals(Optional.of(1L), members.integer("n"));
        assertEquals(Optional.of(List.of("a", "b")), members.strings("l"));
        assertEquals(Optional.empty(), members.string("none"));
        assertThrows(InvalidJsonException.class, () -> members.string("n"));
        assertThrows(InvalidJsonException.class, () -> members.string("z"));
        assertThrows(InvalidJsonException.class, () -> members.strings("m"));
        assertThrows(InvalidJsonException.class, () -> members.strings("s"));
        assertThrows(InvalidJsonException.class, () -> members.integer("f"));
    }

    @Test
    void a_change_leaves_the_original_as_it_was() {
        var members = parse("{\"b\":1}");
        assertEquals("{\"a\":2,\"b\":1}", members.with("a", "2").toString());
        assertEquals("{}", members.without(List.of("b", "c")).toString());
        assertEquals("{\"b\":1}", members.toString());
    }

    private static JsonMembers parse(String text) {
        return JsonMembers.parse(text.getBytes(UTF_8), JsonBounds.SMALL);
    }
}
