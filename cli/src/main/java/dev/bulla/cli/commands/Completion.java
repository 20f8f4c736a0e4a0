package dev.bulla.cli.commands;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completion scripts for the shells that picocli has none for: every command word and every option, by command. */
final class Completion {
    private Completion() {}

    /** For fish: one {@code complete} line per word. */
    static String fish(CommandLine root) {
        var lines = new ArrayList<String>();
        lines.add("complete -c bulla -f");
        forEachCommand(root, List.of(), (path, line) -> {
            String when = fishCondition(path, line);
            line.getSubcommands()
                    .forEach((word, sub) -> lines.add("complete -c bulla -n '%s' -a %s -d '%s'"
                            .formatted(when, word, fishText(description(sub)))));
            for (OptionSpec option : line.getCommandSpec().options()) {
                String takes = option.arity().max() > 0 ? " -r -F" : "";
                for (String name : option.names()) {
                    String flag = name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1);
                    lines.add("complete -c bulla -n '%s' %s%s -d '%s'"
                            .formatted(when, flag, takes, fishText(description(option))));
                }
            }
        });
        return String.join("\n", lines) + "\n";
    }

    /** True in fish when all words of the path were seen, and none of what could follow. */
    private static String fishCondition(List<String> path, CommandLine line) {
        String seen =
                path.stream().map(word -> "__fish_seen_subcommand_from " + word).collect(Collectors.joining("; and "));
        String next = String.join(" ", line.getSubcommands().keySet());
        String notYet = next.isEmpty() ? "" : "not __fish_seen_subcommand_from " + next;
        return seen.isEmpty() || notYet.isEmpty() ? seen + notYet : seen + "; and " + notYet;
    }

    /** For PowerShell: a table from path to words, and a completer that walks it. */
    static String powershell(CommandLine root) {
        var table = new LinkedHashMap<String, List<String>>();
        forEachCommand(root, List.of(), (path, line) -> {
            var words = new ArrayList<>(line.getSubcommands().keySet());
            line.getCommandSpec().options().forEach(option -> words.add(option.longestName()));
            table.put(String.join(" ", path), words);
        });
        String entries =
                table.entrySet().stream().map(Completion::powershellEntry).collect(Collectors.joining("\n"));
        return """
                $bullaWords = @{
                %s
                }
                Register-ArgumentCompleter -Native -CommandName bulla -ScriptBlock {
                    param($wordToComplete, $commandAst, $cursorPosition)
                    $path = ''
                    foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
                        $next = ($path + ' ' + $element.ToString()).Trim()
                        if ($bullaWords.ContainsKey($next)) { $path = $next }
                    }
                    $bullaWords[$path] | Where-Object { $_ -like "$wordToComplete*" } |
                        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
                }
                """.formatted(entries);
    }

    private static String powershellEntry(Map.Entry<String, List<String>> entry) {
        String words = entry.getValue().stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "));
        return "    '%s' = @(%s)".formatted(entry.getKey(), words);
    }

    /** What to do with a command and the words that lead to it. */
    private interface Visit {
        void command(List<String> path, CommandLine line);
    }

    private static void forEachCommand(CommandLine line, List<String> path, Visit visit) {
        visit.command(path, line);
        line.getSubcommands().forEach((word, sub) -> {
            var longer = new ArrayList<>(path);
            longer.add(word);
            forEachCommand(sub, longer, visit);
        });
    }

    private static String description(CommandLine line) {
        return String.join(" ", line.getCommandSpec().usageMessage().description());
    }

    private static String description(OptionSpec option) {
        return String.join(" ", option.description());
    }

    private static String fishText(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }
}
