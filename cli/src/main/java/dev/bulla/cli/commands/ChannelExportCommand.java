package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.cli.output.Output;
import dev.bulla.cli.output.Progress;
import dev.bulla.client.exports.ChannelExport;
import dev.bulla.client.exports.ExportListener;
import dev.bulla.client.exports.ExportOutcome;
import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Patience;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code bulla channel export}: writes a channel of the server into a folder for a static host. */
final class ChannelExportCommand implements Command {
    private final Input<String> folder = Input.word(
            String.class,
            "DIR",
            "The folder to write: a new one, an empty one, or an earlier export of the same channel.");
    private final Input<String> channel =
            Input.option("--channel", String.class, "NAME", "Which channel; by default main.");
    private final Input<String> label = Input.option(
            "--label",
            String.class,
            "NAME",
            "The label whose packages are exported, below DIR/label/NAME; by default main.");
    private final Input<Boolean> dryRun = Input.flag("--dry-run", "Only says what would be fetched and written.");

    @Override
    public Form form() {
        return Form.of(
                        "export",
                        "Writes a channel into a folder that any static web host can serve, byte for byte as the server does."
                                + " All of it is one state of the channel. Running it again brings the folder up to date, and"
                                + " goes on where a run was cut short.",
                        folder,
                        channel,
                        label,
                        dryRun)
                .examples(
                        "bulla channel export --channel main ./static/main",
                        "bulla channel export --dry-run --label dev ./static/main");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        Output output = bulla.output();
        Remote remote = Remote.of(bulla);
        ChannelUrl url =
                remote.channel(ChannelName.parse(channel.value().orElse("main")).text());
        var export = new ChannelExport(
                remote.fetcher(url), url, label.value().map(Label::parse).orElse(Label.MAIN), Patience.standard());
        var into = Path.of(folder.required());
        boolean dry = Input.isSet(dryRun);
        try (var telling = new Telling(output)) {
            ExportOutcome outcome = export.run(into, dry, telling);
            output.result(json(url, into, outcome, dry), () -> lines(url, into, outcome, dry));
            return Exit.DONE;
        }
    }

    private static Map<String, Object> json(ChannelUrl url, Path into, ExportOutcome outcome, boolean dry) {
        var members = new LinkedHashMap<String, Object>();
        members.put("channel", url.toString());
        members.put("folder", into.toString());
        members.put("dry_run", dry);
        members.put("packages", outcome.packages());
        members.put("package_bytes", outcome.packageBytes());
        members.put(dry ? "would_fetch" : "fetched", outcome.fetched());
        members.put("already_there", outcome.packages() - outcome.fetched());
        members.put(dry ? "would_write_other_files" : "other_files_written", outcome.otherFiles());
        return members;
    }

    private static List<String> lines(ChannelUrl url, Path into, ExportOutcome outcome, boolean dry) {
        return List.of(
                "%s: %d packages, %d bytes".formatted(url, outcome.packages(), outcome.packageBytes()),
                "%s %d, already there %d; %s %d index, trust and other files in %s"
                        .formatted(
                                dry ? "would fetch" : "fetched",
                                outcome.fetched(),
                                outcome.packages() - outcome.fetched(),
                                dry ? "would write" : "wrote",
                                outcome.otherFiles(),
                                into));
    }

    /** Shows how much has come. */
    private static final class Telling implements ExportListener, AutoCloseable {
        private final Output output;
        private Optional<Progress> progress = Optional.empty();

        Telling(Output output) {
            this.output = output;
        }

        @Override
        public synchronized void fetching(int artifacts, long bytes) {
            close();
            progress = Optional.of(Progress.ofBytes(output, "%d packages".formatted(artifacts), bytes));
        }

        @Override
        public synchronized void fetched(long bytes) {
            progress.ifPresent(bar -> bar.step(bytes));
        }

        @Override
        public synchronized void waiting() {
            close();
            output.say("the channel changes, or some of its lists are behind; looking again");
        }

        @Override
        public synchronized void close() {
            progress.ifPresent(Progress::close);
            progress = Optional.empty();
        }
    }
}
