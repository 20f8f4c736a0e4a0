package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.cli.output.Output;
import dev.bulla.cli.output.Progress;
import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.imports.ChannelImport;
import dev.bulla.client.imports.FolderSource;
import dev.bulla.client.imports.ImportListener;
import dev.bulla.client.imports.ImportOutcome;
import dev.bulla.client.imports.ImportSource;
import dev.bulla.client.imports.UrlSource;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code bulla channel import}: brings all packages of another channel into one of the server. */
final class ChannelImportCommand implements Command {
    private static final int LINES = 20;

    private final Input<String> source = Input.word(
            String.class, "FOLDER|URL", "The channel to import: a folder with SUBDIR/*.conda, or an address.");
    private final Input<String> channel =
            Input.option("--channel", String.class, "NAME", "Into which channel; by default main.");
    private final Input<String> label =
            Input.option("--label", String.class, "NAME", "The label that shows the packages; by default main.");
    private final Input<Boolean> dryRun = Input.flag("--dry-run", "Only says what would be imported.");

    @Override
    public Form form() {
        return Form.of(
                        "import",
                        "Imports all packages of another channel. Running it again goes on where it ended. An index that is"
                                + " found there is compared with the packages, and believed in nothing; payloads are checked"
                                + " afterwards.",
                        source,
                        channel,
                        label,
                        dryRun)
                .examples(
                        "bulla channel import --channel main ./old-channel",
                        "bulla channel import --dry-run https://conda.example.org/team");
    }

    @Override
    public Exit run(BullaCommand bulla) throws IOException {
        Output output = bulla.output();
        Remote remote = Remote.of(bulla);
        if (remote.token().isEmpty()) {
            throw new ProblemException(Code.TOKEN_MISSING, "no token is configured for " + remote.server());
        }
        var into = new ChannelImport(
                new ChannelUrl(remote.server()),
                ChannelName.parse(channel.value().orElse("main")),
                label.value().map(Label::parse).orElse(Label.MAIN),
                remote.policy());
        var from = source.required();
        if (!from.contains("://")) {
            return run(output, into, new FolderSource(Path.of(from)));
        }
        var url = ChannelUrl.parse(from);
        var temporary = Files.createTempDirectory("bulla-import-");
        try {
            return run(output, into, new UrlSource(remote.fetcher(url), url, temporary));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private Exit run(Output output, ChannelImport into, ImportSource from) {
        boolean dry = Input.isSet(dryRun);
        try (var telling = new Telling(output)) {
            ImportOutcome outcome = into.run(from, dry, telling);
            output.result(json(from, outcome, dry), () -> lines(from, outcome, dry));
            return outcome.refused().isEmpty() ? Exit.DONE : Exit.REFUSED;
        }
    }

    private static Map<String, Object> json(ImportSource from, ImportOutcome outcome, boolean dry) {
        var members = new LinkedHashMap<String, Object>();
        members.put("source", from.name());
        members.put("dry_run", dry);
        members.put("found", outcome.found());
        members.put("found_bytes", outcome.foundBytes());
        members.put(dry ? "would_import" : "imported", outcome.imported());
        members.put("already_there", outcome.alreadyThere());
        members.put("payload_unchecked", outcome.payloadUnchecked());
        members.put(
                "refused",
                outcome.refused().stream().map(ChannelImportCommand::json).toList());
        members.put(
                "index_differences",
                outcome.differences().stream()
                        .map(one -> Map.of("path", one.path(), "what", one.what()))
                        .toList());
        return members;
    }

    private static Map<String, Object> json(ImportOutcome.Refused refused) {
        var members = new LinkedHashMap<String, Object>();
        members.put("path", refused.path());
        members.put("errors", refused.problems().stream().map(Output::json).toList());
        return members;
    }

    private static List<String> lines(ImportSource from, ImportOutcome outcome, boolean dry) {
        var lines = new ArrayList<String>();
        lines.add("%s: %d packages, %d bytes".formatted(from.name(), outcome.found(), outcome.foundBytes()));
        lines.add("%s %d, already there %d, refused %d"
                .formatted(
                        dry ? "would import" : "imported",
                        outcome.imported(),
                        outcome.alreadyThere(),
                        outcome.refused().size()));
        if (outcome.payloadUnchecked() > 0) {
            lines.add("the payloads of %d are being checked (payload_unchecked); one that fails is yanked"
                    .formatted(outcome.payloadUnchecked()));
        }
        for (var refused : first(outcome.refused(), lines, "refused")) {
            refused.problems().forEach(problem -> lines.add("refused %s: %s".formatted(refused.path(), problem)));
        }
        for (var difference : first(outcome.differences(), lines, "differences")) {
            lines.add("the index differs: %s %s".formatted(difference.path(), difference.what()));
        }
        return lines;
    }

    /** The first of a list that may be very long; --json has all of it. */
    private static <T> List<T> first(List<T> all, List<String> lines, String what) {
        if (all.size() > LINES) {
            lines.add("the first %d of %d %s; --json has all".formatted(LINES, all.size(), what));
        }
        return all.subList(0, Math.min(LINES, all.size()));
    }

    /** Shows how much is sent. */
    private static final class Telling implements ImportListener, AutoCloseable {
        private final Output output;
        private Optional<Progress> progress = Optional.empty();

        Telling(Output output) {
            this.output = output;
        }

        @Override
        public synchronized void sending(int files, long bytes) {
            progress = Optional.of(Progress.ofBytes(output, "%d packages".formatted(files), bytes));
        }

        @Override
        public synchronized void sent(long bytes) {
            progress.ifPresent(bar -> bar.step(bytes));
        }

        @Override
        public synchronized void comparing() {
            close();
        }

        @Override
        public synchronized void close() {
            progress.ifPresent(Progress::close);
            progress = Optional.empty();
        }
    }
}
