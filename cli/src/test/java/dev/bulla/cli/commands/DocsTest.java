package dev.bulla.cli.commands;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the docs show is what the program has. */
final class DocsTest {
    private static final Path ROOT =
            Path.of(System.getProperty("bulla.root", "..")).toAbsolutePath().normalize();
    private static final List<String> PAGES = List.of(
            "README.md",
            "CONTRIBUTING.md",
            "docs/operations/run.md",
            "docs/operations/import.md",
            "docs/reference/channel-files.md");

    @Test
    void every_command_in_a_block_can_be_parsed() throws IOException {
        for (String page : PAGES) {
            List<String> commands = commands(Files.readString(ROOT.resolve(page)));
            assertFalse(commands.isEmpty(), page + " shows no command");
            for (String command : commands) {
                var all = Commands.all(CommandRun.nothing());
                try {
                    all.parseArgs(words(command));
                } catch (CommandLine.ParameterException e) {
                    throw new AssertionError(page + ": bulla " + command + ": " + e.getMessage(), e);
                }
            }
        }
    }

    /** As a shell takes it apart: blanks between quotes belong to a word. */
    private static String[] words(String command) {
        return command.split(" +(?=([^\"]*\"[^\"]*\")*[^\"]*$)");
    }

    /** The lines of shell blocks that run Bulla, without its name and without a comment. */
    private static List<String> commands(String page) {
        var commands = new ArrayList<String>();
        boolean shell = false;
        for (String line : page.lines().toList()) {
            if (line.startsWith("```")) {
                shell = line.equals("```sh");
            } else if (shell && line.startsWith("./bulla ")) {
                commands.add(line.substring("./bulla ".length()).replaceAll(" +#.*", ""));
            }
        }
        return commands;
    }

    @Test
    void every_link_to_a_file_leads_to_one() throws IOException {
        var link = Pattern.compile("]\\((?!https?:)([^)#]+)");
        for (String page : PAGES) {
            Path file = ROOT.resolve(page);
            var links = link.matcher(Files.readString(file));
            while (links.find()) {
                Path target = file.resolveSibling(links.group(1));
                assertTrue(Files.exists(target), page + " links to " + links.group(1));
            }
        }
    }
}
