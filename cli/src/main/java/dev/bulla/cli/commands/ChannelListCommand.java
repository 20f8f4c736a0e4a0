package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.cli.output.TextTable;

/** {@code bulla channel list}. */
final class ChannelListCommand implements Command {

    @Override
    public Form form() {
        return Form.of("list", "Lists the channels of a server with the digests to pin their roots by.")
                .examples("bulla channel list --server https://conda.example.org");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        var answer = Remote.of(bulla).api().get("channels");
        var table = new TextTable("NAME", "WHO READS", "URL", "ROOT SHA-256");
        Answers.objects(answer, "channels")
                .forEach(channel -> table.row(
                        Answers.text(channel, "name", "?"),
                        Answers.text(channel, "visibility", "?"),
                        Answers.text(channel, "url", "?"),
                        Answers.text(channel, "root_sha256", "?")));
        bulla.output().result(Answers.map(answer), table::lines);
        return Exit.DONE;
    }
}
