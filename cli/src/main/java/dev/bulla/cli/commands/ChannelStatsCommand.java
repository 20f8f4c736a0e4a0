package dev.bulla.cli.commands;

import dev.bulla.cli.config.Size;
import dev.bulla.cli.output.Exit;
import dev.bulla.cli.output.TextTable;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.trust.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** {@code bulla channel stats}. */
final class ChannelStatsCommand implements Command {
    private final Input<String> name = Input.optionalWord(String.class, "NAME", "The channel; by default main.");

    @Override
    public Form form() {
        return Form.of(
                        "stats",
                        "Counts what a channel has: artifacts and bytes by subdir and label, and the indexes whose whole"
                                + " lists are behind.",
                        name)
                .examples("bulla channel stats main");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        var channel = ChannelName.parse(name.value().orElse("main"));
        var answer = Remote.of(bulla).api().get("channels/" + channel + "/stats");
        bulla.output().result(Answers.map(answer), () -> lines(channel, answer));
        return Exit.DONE;
    }

    private static List<String> lines(ChannelName channel, JsonObject answer) {
        var lines = new ArrayList<String>();
        lines.add("%s: %s artifacts, %s".formatted(channel, Answers.text(answer, "artifacts", "?"), size(answer)));
        var subdirs = new TextTable("SUBDIR", "ARTIFACTS", "SIZE", "PACKAGES", "YANKED", "PATCHED", "PATCHED OUT");
        for (var subdir : Answers.objects(answer, "subdirs")) {
            subdirs.row(
                    Answers.text(subdir, "subdir", "?"),
                    Answers.text(subdir, "artifacts", "?"),
                    size(subdir),
                    Answers.text(subdir, "packages", "?"),
                    Answers.text(subdir, "yanked", "?"),
                    Answers.text(subdir, "patched", "?"),
                    Answers.text(subdir, "patched_out", "?"));
        }
        lines.addAll(subdirs.lines());
        var labels = new TextTable("LABEL", "SUBDIR", "LISTED", "SIZE");
        for (var label : Answers.objects(answer, "labels")) {
            labels.row(
                    Answers.text(label, "label", "?"),
                    Answers.text(label, "subdir", "?"),
                    Answers.text(label, "listed", "?"),
                    size(label));
        }
        lines.addAll(labels.lines());
        var waiting = Answers.text(answer, "waiting", "");
        lines.add(waiting.isEmpty() ? "all lists show everything" : "lists that are behind: " + waiting);
        return lines;
    }

    private static String size(JsonObject object) {
        var bytes = Answers.text(object, "bytes", "?");
        return bytes.matches("\\d{1,18}") ? Size.text(Long.parseLong(bytes)) : bytes;
    }
}
