package dev.bulla.cli.output;

import dev.bulla.problem.Problem;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The two streams of a command and how it may use them. Whatever a line says, it stays one line of plain text.
 *
 * @param out where the result goes
 * @param err where the talk goes
 * @param style what was asked for: JSON, silence, colour, movement
 */
public record Output(PrintStream out, PrintStream err, Style style) {

    /**
     * How to speak.
     *
     * @param json results and refusals as JSON
     * @param quiet no talk; results and refusals remain
     * @param color escape sequences for colour, on standard error
     * @param progress bars or lines about what is going on
     * @param terminal whether standard error is a terminal
     */
    public record Style(boolean json, boolean quiet, boolean color, boolean progress, boolean terminal) {}

    /** Gives the result: {@code json} under {@code --json}, the lines of {@code text} otherwise. */
    public void result(Map<String, ?> json, Supplier<List<String>> text) {
        if (style.json()) {
            out.println(JsonText.of(json));
        } else {
            text.get().forEach(this::line);
        }
        out.flush();
    }

    /** Gives one line of a result that comes piece by piece. */
    public void line(String line) {
        out.println(PlainText.of(line));
    }

    /** Says something that is not the result. */
    public void say(String line) {
        if (!style.quiet()) {
            err.println(PlainText.of(line));
        }
    }

    /** Says that something needs attention though the command goes on. */
    public void warn(String line) {
        if (!style.quiet()) {
            err.println(paint("33", "warning:") + " " + PlainText.of(line));
        }
    }

    /** Gives the reason for a refusal or failure, and its cure. */
    public Exit refuse(Problem problem) {
        return refuse(List.of(problem));
    }

    /** Gives all reasons; the first decides how the command ends. */
    public Exit refuse(List<Problem> problems) {
        Problem first = problems.getFirst();
        if (style.json()) {
            var answer = new LinkedHashMap<String, Object>();
            answer.put("error", json(first));
            if (problems.size() > 1) {
                answer.put("errors", problems.stream().map(Output::json).toList());
            }
            out.println(JsonText.of(answer));
            out.flush();
        } else {
            problems.forEach(this::tell);
        }
        return Exit.of(first.code().kind());
    }

    private void tell(Problem problem) {
        err.println(paint("31", "error:") + " " + PlainText.of(problem.toString()));
        err.println("  " + problem.code().cure());
    }

    /** A problem's members, in the order in which they are shown. */
    public static Map<String, Object> json(Problem problem) {
        var members = new LinkedHashMap<String, Object>();
        members.put("code", problem.code().text());
        members.put("detail", problem.detail());
        members.put("meaning", problem.code().meaning());
        members.put("cure", problem.code().cure());
        return members;
    }

    private String paint(String color, String text) {
        return style.color() ? "\u001b[" + color + "m" + text + "\u001b[0m" : text;
    }
}
