package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.List;

/** {@code bulla notice remove}. */
final class NoticeRemoveCommand implements Command {
    private final Input<String> id = Input.word(String.class, "ID", "The notice's name.");
    private final Input<String> channel =
            Input.option("--channel", String.class, "NAME", "The channel; by default main.");

    @Override
    public Form form() {
        return Form.of("remove", "Has a channel no longer say it.", id, channel).examples("bulla notice remove moving");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        var name = ChannelName.parse(channel.value().orElse("main"));
        var answer = Remote.of(bulla).api().delete("channels/" + name + "/notices/" + id(id.required()));
        bulla.output().result(Answers.map(answer), () -> List.of("removed " + id.required() + " from " + name));
        return Exit.DONE;
    }

    /** An id that may stand in an address. */
    static String id(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new ProblemException(
                    Code.BAD_REQUEST, text + " cannot be the name of a notice: letters, digits and . _ - can");
        }
        return text;
    }
}
