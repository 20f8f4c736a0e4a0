package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import java.util.ArrayList;
import java.util.List;

/** {@code bulla status}: what a server says of itself. */
final class StatusCommand implements Command {

    @Override
    public Form form() {
        return Form.of("status", "Shows what a server says of itself: version, uploads, and what needs attention.")
                .examples("bulla status --server https://conda.example.org");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        Remote remote = Remote.of(bulla);
        var answer = remote.api().get("status");
        bulla.output().result(Answers.map(answer), () -> {
            var lines = new ArrayList<String>(List.of(
                    "server:   " + remote.server() + ", version " + Answers.text(answer, "version", "?"),
                    "channels: " + Answers.text(answer, "channels", "?"),
                    "uploads:  " + (Answers.text(answer, "takes_uploads", "").equals("true") ? "taken" : "not taken")));
            Answers.objects(answer, "warnings")
                    .forEach(warning -> lines.add("warning:  " + Answers.text(warning, "about", "?") + ": "
                            + Answers.text(warning, "text", "?")));
            return lines;
        });
        return Exit.DONE;
    }
}
