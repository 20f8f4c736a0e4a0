package dev.bulla.cli.commands;

import dev.bulla.cli.config.Suggestion;
import dev.bulla.cli.output.Exit;
import dev.bulla.cli.output.TextTable;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code bulla explain}: what a code means, without a network. */
final class ExplainCommand implements Command {
    private final Input<String> code =
            Input.optionalWord(String.class, "CODE", "The word in brackets of an error; without it, all are listed.");

    @Override
    public Form form() {
        return Form.of("explain", "Says what an error code means and what to do about it, without a network.", code)
                .examples("bulla explain name_conflict");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        bulla.warnOfSettings();
        if (code.value().isEmpty()) {
            bulla.output().result(all(), ExplainCommand::table);
            return Exit.DONE;
        }
        Code explained = find(code.required());
        bulla.output().result(json(explained), () -> text(explained));
        return Exit.DONE;
    }

    private static Map<String, Object> all() {
        return Map.of(
                "codes", Arrays.stream(Code.values()).map(ExplainCommand::json).toList());
    }

    private static Code find(String text) {
        String word = text.toLowerCase(Locale.ROOT).replace('-', '_');
        return Code.of(word)
                .orElseThrow(() -> new ProblemException(Code.BAD_REQUEST, "there is no code " + text + near(word)));
    }

    private static String near(String word) {
        return Suggestion.nearest(
                        word, Arrays.stream(Code.values()).map(Code::text).toList())
                .map(near -> "; did you mean " + near + "?")
                .orElse("; bulla explain lists all");
    }

    private static List<String> table() {
        var table = new TextTable("CODE", "MEANING");
        Arrays.stream(Code.values()).forEach(each -> table.row(each.text(), each.meaning()));
        return table.lines();
    }

    private static List<String> text(Code code) {
        Exit exit = Exit.of(code.kind());
        var lines = new ArrayList<String>();
        lines.add(code.text());
        lines.add("  meaning: " + code.meaning());
        lines.add("  cure:    " + code.cure());
        lines.add("  exit:    " + exit.status() + ", " + exit.meaning());
        return lines;
    }

    private static Map<String, Object> json(Code code) {
        var members = new LinkedHashMap<String, Object>();
        members.put("code", code.text());
        members.put("meaning", code.meaning());
        members.put("cure", code.cure());
        members.put("exit", Exit.of(code.kind()).status());
        return members;
    }
}
