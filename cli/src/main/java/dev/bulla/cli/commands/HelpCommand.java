package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** {@code bulla help}: a command's help, or a topic. */
final class HelpCommand implements Command {
    private static final String EXIT_CODES = "exit-codes";

    private final Input<String[]> words = Input.words(0, "COMMAND", "A command, or exit-codes.");

    @Override
    public Form form() {
        return Form.of("help", "Shows the help of a command, or the table of exit codes.", words)
                .examples("bulla help publish", "bulla help exit-codes");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        List<String> asked = Input.list(words);
        if (asked.equals(List.of(EXIT_CODES))) {
            bulla.output().result(exitCodes(), HelpCommand::exitLines);
            return Exit.DONE;
        }
        CommandLine line = Commands.all(bulla.surroundings());
        for (String word : asked) {
            CommandLine next = line.getSubcommands().get(word);
            if (next == null) {
                throw new ProblemException(Code.BAD_REQUEST, "there is no command " + String.join(" ", asked));
            }
            line = next;
        }
        line.usage(line.getOut());
        return Exit.DONE;
    }

    private static Map<String, String> exitCodes() {
        var codes = new LinkedHashMap<String, String>();
        Arrays.stream(Exit.values()).forEach(exit -> codes.put(Integer.toString(exit.status()), exit.meaning()));
        return codes;
    }

    private static List<String> exitLines() {
        return Arrays.stream(Exit.values())
                .map(exit -> exit.status() + "  " + exit.meaning())
                .toList();
    }
}
