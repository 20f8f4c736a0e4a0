package dev.bulla.cli.commands;

import dev.bulla.cli.config.Key;
import dev.bulla.cli.output.Exit;
import dev.bulla.problem.Code;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The reference pages in {@code docs/reference}, made from the tables that the program itself works with. */
final class Reference {
    private static final String MADE = "<!-- Made from the code; mvn test -Dbulla.refresh=true writes it anew. -->";

    private Reference() {}

    /** {@code codes.md}: every code. */
    static String codes() {
        var lines = new ArrayList<>(List.of(
                "# Codes",
                MADE,
                "",
                "Every refusal and failure has one of these. `bulla explain CODE` tells the same without a network; the"
                        + " API sends it as `code` of a problem document.",
                "",
                "| code | exit | meaning | what to do |",
                "|---|---|---|---|"));
        for (Code code : Code.values()) {
            lines.add("| `%s` | %d | %s | %s |"
                    .formatted(code.text(), Exit.of(code.kind()).status(), code.meaning(), cell(code.cure())));
        }
        return page(lines);
    }

    /** {@code cli.md}: every command's help. */
    static String commands(CommandLine root) {
        var lines = new ArrayList<>(List.of("# Commands", MADE, ""));
        lines.add("Results go to standard output, talk to standard error. Exit codes:");
        lines.add("");
        for (Exit exit : Exit.values()) {
            lines.add("- %d: %s".formatted(exit.status(), exit.meaning()));
        }
        addCommand(lines, root, "bulla");
        return page(lines);
    }

    /** {@code configuration.md}: every key. */
    static String configuration() {
        var lines = new ArrayList<>(List.of(
                "# Configuration",
                MADE,
                "",
                "A value comes from the first of these that has it: the flag, the environment variable, the file that"
                        + " `--config` or `BULLA_CONFIG` names (without one, `$XDG_CONFIG_HOME/bulla/config.toml`, then"
                        + " `/etc/bulla/config.toml`), the default. The file is flat TOML; an unknown key is an error."
                        + " `bulla config show --origin` tells what holds and why.",
                "",
                "| key | default | variable | meaning |",
                "|---|---|---|---|"));
        for (Key key : Key.values()) {
            String secret = key.secret()
                    ? " (or a file that holds it: `%s-file`, `%s_FILE`)".formatted(key.text(), key.variable())
                    : "";
            lines.add("| `%s` | %s | `%s` | %s%s |"
                    .formatted(
                            key.text(),
                            key.defaultValue().isEmpty() ? "–" : "`" + key.defaultValue() + "`",
                            key.variable(),
                            cell(key.meaning()),
                            secret));
        }
        return page(lines);
    }

    private static void addCommand(List<String> lines, CommandLine command, String path) {
        lines.add("");
        lines.add("## `" + path + "`");
        lines.add("");
        lines.add("```text");
        command.getUsageMessage(Ansi.OFF).lines().map(String::stripTrailing).forEach(lines::add);
        lines.add("```");
        command.getSubcommands().forEach((word, sub) -> addCommand(lines, sub, path + " " + word));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String page(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
