package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.cli.output.Output;
import dev.bulla.cli.output.Progress;
import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.publish.Destination;
import dev.bulla.client.publish.Outcome;
import dev.bulla.client.publish.PublishListener;
import dev.bulla.client.publish.Publisher;
import dev.bulla.client.update.ChannelTrust;
import dev.bulla.client.update.Pin;
import dev.bulla.client.update.Updater;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.Dialect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code bulla publish}: brings files into a channel and proves that they are there. */
final class PublishCommand implements Command {
    private final Input<String[]> files = Input.words(1, "FILE", "Package files, .conda or .tar.bz2.");
    private final Input<String> channel =
            Input.option("--channel", String.class, "NAME", "The channel; by default main.");
    private final Input<String> label =
            Input.option("--label", String.class, "NAME", "The label that shows them; by default main.");
    private final Input<String> rootSha256 = Input.option(
            "--root-sha256", String.class, "HEX", "The digest of the channel's first root; remembered for next time.");

    @Override
    public Form form() {
        return Form.of(
                        "publish",
                        "Uploads packages, waits until they are public, reads them back and verifies them. Running it"
                                + " again goes on where it ended.",
                        files,
                        channel,
                        label,
                        rootSha256)
                .examples("bulla publish zlib-1.3.1-h_0.conda", "bulla publish --channel staging build/*.conda");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        var shownUnder = label.value().map(Label::parse).orElse(Label.MAIN);
        Output output = bulla.output();
        Remote remote = Remote.of(bulla);
        if (remote.token().isEmpty()) {
            throw new ProblemException(Code.TOKEN_MISSING, "no token is configured for " + remote.server());
        }
        var destination = new Destination(
                new ChannelUrl(remote.server()),
                ChannelName.parse(channel.value().orElse("main")),
                shownUnder);
        var publisher = new Publisher(destination, remote.policy());
        Optional<Supplier<ChannelTrust>> trust = trust(bulla, remote, publisher.channel());
        if (trust.isEmpty()) {
            output.warn("no first root of " + publisher.channel() + " is known here, so the signed records are not"
                    + " verified; --root-sha256 gives it");
        }
        var paths = Input.list(files).stream().map(Path::of).toList();
        var outcomes = publisher.publish(paths, trust.orElse(null), new Telling(output));
        show(output, publisher.channel(), outcomes);
        return exit(outcomes);
    }

    /** What is believed about the channel, if a first root was given now or before. */
    private Optional<Supplier<ChannelTrust>> trust(BullaCommand bulla, Remote remote, ChannelUrl url) {
        Optional<Pin> pin = rootSha256.value().map(Pin.Digest::new);
        boolean remembered = Files.exists(remote.trustFolder().resolve(url.id()).resolve("pin"));
        if (pin.isEmpty() && !remembered) {
            return Optional.empty();
        }
        var updater = new Updater(
                remote.fetcher(url),
                url,
                remote.trustFolder(),
                bulla.surroundings().clock().instant());
        return Optional.of(() -> updater.update(pin.orElse(new Pin.Remembered()), EnumSet.allOf(Dialect.class)));
    }

    /** Shows how much of each file is sent. */
    private static final class Telling implements PublishListener {
        private final Output output;
        private Optional<Progress> progress = Optional.empty();
        private final Waiting waiting;

        Telling(Output output) {
            this.output = output;
            this.waiting = new Waiting(output);
        }

        @Override
        public void started(Path file, long sizeBytes) {
            end();
            progress = Optional.of(Progress.ofBytes(output, String.valueOf(file.getFileName()), sizeBytes));
        }

        @Override
        public void sent(Path file, long bytes) {
            progress.ifPresent(bar -> bar.at(bytes));
        }

        @Override
        public void readingBack(Path file) {
            end();
        }

        @Override
        public void waitingForIndex() {
            waiting.tell();
        }

        private void end() {
            progress.ifPresent(Progress::close);
            progress = Optional.empty();
        }
    }

    private static void show(Output output, ChannelUrl channel, List<Outcome> outcomes) {
        var members = new LinkedHashMap<String, Object>();
        members.put("channel", channel.toString());
        members.put("files", outcomes.stream().map(PublishCommand::json).toList());
        output.result(members, () -> {
            var lines = new ArrayList<String>();
            outcomes.forEach(outcome -> lines.addAll(lines(outcome)));
            return lines;
        });
    }

    private static List<String> lines(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Published there ->
                List.of("%s %s/%s: %s"
                        .formatted(
                                there.alreadyThere() ? "already there" : "published",
                                there.subdir(),
                                there.fileName(),
                                there.evidence() == null
                                        ? "read back, sha256 " + there.sha256()
                                        : "verified: " + there.evidence()));
            case Outcome.Refused refused -> {
                var lines = new ArrayList<String>();
                for (Problem problem : refused.problems()) {
                    lines.add("refused %s: %s".formatted(refused.file(), problem));
                    lines.add("  " + problem.code().cure());
                }
                yield lines;
            }
        };
    }

    private static Map<String, Object> json(Outcome outcome) {
        var members = new LinkedHashMap<String, Object>();
        members.put("file", outcome.file());
        switch (outcome) {
            case Outcome.Published there -> {
                members.put("published", true);
                members.put("already_there", there.alreadyThere());
                members.put("subdir", there.subdir());
                members.put("file_name", there.fileName());
                members.put("size", there.sizeBytes());
                members.put("sha256", there.sha256());
                members.put("verified", there.evidence() != null);
            }
            case Outcome.Refused refused -> {
                members.put("published", false);
                members.put(
                        "errors", refused.problems().stream().map(Output::json).toList());
            }
        }
        return members;
    }

    /** A refusal of one file weighs more than not knowing about another. */
    private static Exit exit(List<Outcome> outcomes) {
        var exits = outcomes.stream()
                .filter(Outcome.Refused.class::isInstance)
                .flatMap(outcome -> ((Outcome.Refused) outcome).problems().stream())
                .map(problem -> Exit.of(problem.code().kind()))
                .toList();
        return List.of(Exit.REFUSED, Exit.USAGE, Exit.UNKNOWN).stream()
                .filter(exits::contains)
                .findFirst()
                .orElse(Exit.DONE);
    }
}
