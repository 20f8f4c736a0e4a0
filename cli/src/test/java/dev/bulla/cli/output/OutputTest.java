package dev.bulla.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulla.problem.Code;
import dev.bulla.problem.Kind;
import dev.bulla.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OutputTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Output output(boolean json, boolean quiet) {
        return new Output(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new Output.Style(json, quiet, false, true, false));
    }

    @Test
    void a_problem_is_told_with_its_cure_on_standard_error() {
        var exit = output(false, false).refuse(new Problem(Code.NAME_CONFLICT, "a-1-0.conda is there"));
        assertEquals(Exit.REFUSED, exit);
        assertEquals("", out.toString(StandardCharsets.UTF_8));
        assertEquals(
                "error: a-1-0.conda is there [name_conflict]\n  " + Code.NAME_CONFLICT.cure() + "\n",
                err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void a_problem_is_told_even_when_quiet() {
        output(false, true).refuse(new Problem(Code.DISK_ERROR, "x"));
        assertEquals(2, err.toString(StandardCharsets.UTF_8).lines().count());
    }

    @Test
    void quiet_keeps_the_result_and_drops_the_talk() {
        var output = output(false, true);
        output.say("talk");
        output.warn("careful");
        output.result(Map.of(), () -> List.of("result"));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertEquals("result\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void each_kind_ends_with_one_of_four_codes() {
        assertEquals(
                List.of(0, 1, 2, 3),
                Arrays.stream(Exit.values()).map(Exit::status).toList());
        assertEquals(Exit.USAGE, Exit.of(Kind.USAGE));
        assertEquals(Exit.REFUSED, Exit.of(Kind.NOT_TRUSTED));
        assertEquals(Exit.UNKNOWN, Exit.of(Kind.UNKNOWN));
        assertEquals(Exit.UNKNOWN, Exit.of(Kind.UNAVAILABLE));
    }

    @Test
    void foreign_text_stays_one_line_and_moves_no_cursor() {
        var hostile = "x\u001b[2K\ntrusted: y\u009b31m\u202ez\u2028";
        var output = output(false, false);
        output.result(Map.of(), () -> List.of(hostile));
        output.line(hostile);
        output.say(hostile);
        output.warn(hostile);
        output.refuse(new Problem(Code.RECORD_MISMATCH, hostile));
        var plain = "x?[2K?trusted: y?31m?z?";
        assertEquals(plain + "\n" + plain + "\n", out.toString(StandardCharsets.UTF_8));
        assertEquals(
                plain + "\nwarning: " + plain + "\nerror: " + plain + " [record_mismatch]\n  "
                        + Code.RECORD_MISMATCH.cure() + "\n",
                err.toString(StandardCharsets.UTF_8));
        assertEquals("\"\\u001b\\u009b\\u202e\"", JsonText.of("\u001b\u009b\u202e"));
    }

    @Test
    void json_is_escaped_and_indented() {
        var value = new LinkedHashMap<String, Object>();
        value.put("text", "a\"b\\c\n\u0001\u007f\u00e9\ud83d\ude00");
        value.put("number", 12L);
        value.put("yes", true);
        value.put("none", List.of());
        value.put("list", List.of(1, Map.of("a", "b")));
        assertEquals("""
                {
                  "text": "a\\"b\\\\c\\n\\u0001\\u007f\u00e9\\ud83d\\ude00",
                  "number": 12,
                  "yes": true,
                  "none": [],
                  "list": [
                    1,
                    {
                      "a": "b"
                    }
                  ]
                }""", JsonText.of(value));
    }

    @Test
    void a_table_is_as_wide_as_its_words() {
        var table = new TextTable("A", "LONG HEADING");
        table.row("a long cell", "b");
        assertEquals(List.of("A            LONG HEADING", "a long cell  b"), table.lines());
        assertThrows(IllegalArgumentException.class, () -> table.row("one"));
    }
}
