package dev.bulla.conda.repodata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.conda.name.ArchiveType;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepodataReaderTest {
    /** Writes down what it is told. */
    private static final class Notes implements RepodataVisitor {
        final List<String> lines = new ArrayList<>();

        @Override
        public void info(byte[] json) {
            lines.add("info " + new String(json, UTF_8));
        }

        @Override
        public void record(ArchiveType section, String fileName, byte[] json) {
            lines.add(section.section() + " " + fileName + " " + new String(json, UTF_8));
        }

        @Override
        public void signatures(String fileName, byte[] json) {
            lines.add("signatures " + fileName + " " + new String(json, UTF_8));
        }

        @Override
        public void removed(String fileName) {
            lines.add("removed " + fileName);
        }

        @Override
        public void other(String name, byte[] json) {
            lines.add("other " + name + " " + new String(json, UTF_8));
        }
    }

    @Test
    void each_part_is_told_in_its_own_bytes_and_in_the_order_of_the_file() {
        assertEquals(
                List.of(
                        "other repodata_version 1",
                        "signatures a-1-0.conda {\"k\" : {}}",
                        "packages.conda a-1-0.conda { \"n\" : 1.50, \"s\":\"\\u00e9é\" }",
                        "packages b-1-0.tar.bz2 {}",
                        "info {\"subdir\": \"noarch\"}",
                        "removed c-1-0.conda",
                        "removed d",
                        "other v3 {\"whl\":{}}"),
                read("""
                        {"repodata_version":1, "signatures":{"a-1-0.conda":{"k" : {}}},
                         "packages.conda":{"a-1-0.conda": { "n" : 1.50, "s":"\\u00e9é" }},
                         "packages":{"b-1-0.tar.bz2":{}}, "info": {"subdir": "noarch"},
                         "removed":["c-1-0.conda", "\\u0064"], "v3":{"whl":{}}}
                        """));
    }

    @Test
    void an_empty_document_and_empty_parts_say_nothing() {
        assertEquals(List.of(), read("{}"));
        assertEquals(List.of(), read(" {\"packages\":{},\"packages.conda\":{ },\"removed\":[ ],\"signatures\":{}} \n"));
    }

    @Test
    void a_map_of_removed_names_is_told_as_it_is() {
        assertEquals(List.of("other removed {\"x\":1}"), read("{\"removed\":{\"x\":1}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "null",
                "{",
                "{}{}",
                "{} x",
                "{\"packages\":{}",
                "{\"packages\":[]}",
                "{\"packages\":null}",
                "{\"packages\":{\"a\":1}}",
                "{\"packages\":{\"a\":[]}}",
                "{\"packages\":{\"a\":{}},\"packages\":{}}",
                "{\"packages\":{\"a\":{},\"a\":{}}}",
                "{\"packages\":{\"a\":{},\"\\u0061\":{}}}",
                "{\"packages\":{\"a\":{}},}",
                "{\"packages\":{,}}",
                "{\"signatures\":[]}",
                "{\"signatures\":{\"a\":{},\"a\":{}}}",
                "{\"removed\":[1]}",
                "{\"removed\":[\"a\",]}",
                "{\"removed\":[\"a\"}",
                "{packages:{}}",
                "{\"x\":01}",
                "{\"x\":1.}",
                "{\"x\":.5}",
                "{\"x\":1e}",
                "{\"x\":-}",
                "{\"x\":+1}",
                "{\"x\":NaN}",
                "{\"x\":tru}",
                "{\"x\":nulll}",
                "{\"x\":\"\t\"}",
                "{\"x\":\"\\x\"}",
                "{\"x\":\"\\u12g4\"}",
                "{\"x\":\"\\ud800\"}",
                "{\"x\":\"\\ud800\\u0041\"}",
                "{\"x\":\"\\udc00\"}",
                "{\"x\":\"",
                "\ufeff{}"
            })
    void what_is_no_index_is_refused(String text) {
        refused(text, RepodataLimits.DEFAULT);
    }

    @Test
    void bytes_that_are_not_utf8_are_refused() {
        for (var bytes :
                new int[][] {{0xff}, {0xc0, 0xaf}, {0xe0, 0x80, 0x80}, {0xed, 0xa0, 0x80}, {0xf5, 0x80, 0x80, 0x80}}) {
            var text = new StringBuilder("{\"x\":\"");
            for (var value : bytes) {
                text.append((char) value);
            }
            var raw = text.append("\"}").toString().getBytes(ISO_8859_1);
            assertThrows(ProblemException.class, () -> read(new ByteArrayInputStream(raw), RepodataLimits.DEFAULT));
        }
    }

    @Test
    void a_refusal_says_where() {
        assertEquals(
                "repodata.json is no valid index: \"a\" is there twice at byte 23",
                refused("{\"packages\":{\"a\":{},\"a\":{}}}", RepodataLimits.DEFAULT));
    }

    @Test
    void deep_nesting_is_refused_and_does_not_end_the_stack() {
        assertTrue(refused("{\"x\":" + "[".repeat(1_000_000), RepodataLimits.DEFAULT)
                .contains("levels"));
        assertEquals(1, read("{\"x\":" + "[".repeat(64) + "]".repeat(64) + "}").size());
        refused("{\"x\":" + "[".repeat(65) + "]".repeat(65) + "}", RepodataLimits.DEFAULT);
    }

    @Test
    void each_limit_holds_from_both_sides() {
        var limits = new RepodataLimits(200, 2, 20, 30);
        assertEquals(
                2,
                read("{\"packages\":{\"a\":{},\"b\":{\"x\":\"01234567890\"}}}", limits)
                        .size());
        assertTrue(
                refused("{\"packages\":{\"a\":{},\"b\":{},\"c\":{}}}", limits).contains("more than 2"));
        assertTrue(refused("{\"packages\":{\"b\":{\"x\":\"0123456789012\"}}}", limits)
                .contains("over 20"));
        assertTrue(refused("{\"x\":\"" + "y".repeat(29) + "\"}", limits).contains("over 30"));
        assertTrue(refused("{}" + " ".repeat(200), limits).contains("more than 200 bytes"));
        assertTrue(refused("{\"removed\":[\"a\",\"b\",\"c\"]}", limits).contains("more than 2 removed"));
        assertTrue(refused("{\"" + "n".repeat(5000) + "\":1}", RepodataLimits.DEFAULT)
                .contains("over 4096"));
        assertThrows(IllegalArgumentException.class, () -> new RepodataLimits(1, 0, 1, 1));
    }

    @Test
    void a_value_larger_than_the_window_is_handed_out_whole() {
        var large = "{\"x\":\"" + "é".repeat(200_000) + "\"}";
        assertEquals(List.of("packages a " + large), read("{\"packages\":{\"a\":" + large + "}}"));
    }

    private static String refused(String text, RepodataLimits limits) {
        var refused = assertThrows(ProblemException.class, () -> read(text, limits));
        assertEquals(Code.REPODATA_INVALID, refused.problem().code());
        return refused.problem().detail();
    }

    private static List<String> read(String text) {
        var whole = read(text, RepodataLimits.DEFAULT);
        assertEquals(whole, read(new Dripping(text.getBytes(UTF_8)), RepodataLimits.DEFAULT));
        return whole;
    }

    private static List<String> read(String text, RepodataLimits limits) {
        return read(new ByteArrayInputStream(text.getBytes(UTF_8)), limits);
    }

    private static List<String> read(InputStream in, RepodataLimits limits) {
        try {
            var notes = new Notes();
            RepodataReader.read(in, limits, notes);
            return notes.lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A stream that gives one byte at a time. */
    private static final class Dripping extends ByteArrayInputStream {
        Dripping(byte[] bytes) {
            super(bytes);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, 1));
        }
    }
}
