package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.setup.CondaSetup;
import dev.bulla.client.setup.MambaSetup;
import dev.bulla.client.setup.Plan;
import dev.bulla.client.update.FirstRoot;
import dev.bulla.client.update.Pin;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code bulla client setup}: makes conda and mamba verify a channel. */
final class ClientSetupCommand implements Command {
    private final Input<String> channel =
            Input.option("--channel", String.class, "URL", "The channel; by default main of the server.");
    private final Input<String> rootSha256 = Input.option(
            "--root-sha256", String.class, "HEX", "The digest of its first root, as the operator publishes it.");
    private final Input<Path> condaPrefix =
            Input.option("--conda-prefix", Path.class, "DIR", "The prefix that conda itself runs from.");
    private final Input<Path> mambaRoot =
            Input.option("--mamba-root", Path.class, "DIR", "The root prefix of mamba or micromamba.");
    private final Input<Boolean> remove = Input.flag("--remove", "Take away what an earlier setup added.");
    private final Input<Boolean> dryRun = Input.flag("--dry-run", "Only show what would change.");

    @Override
    public Form form() {
        return Form.of(
                        "setup",
                        "Writes the settings and the first root that make conda or mamba verify a channel. Other settings"
                                + " stay as they are.",
                        channel,
                        rootSha256,
                        condaPrefix,
                        mambaRoot,
                        remove,
                        dryRun)
                .examples(
                        "bulla client setup --root-sha256 HEX --conda-prefix ~/miniforge3",
                        "bulla client setup --root-sha256 HEX --mamba-root ~/micromamba",
                        "bulla client setup --remove --conda-prefix ~/miniforge3");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        Remote remote = Remote.of(bulla);
        ChannelUrl url = remote.channel(channel.value().orElse("main"));
        Optional<Path> conda = condaPrefix
                .value()
                .or(() -> activePrefix(bulla, mambaRoot.value().isPresent()));
        Optional<Path> mamba = mambaRoot.value();
        if (conda.isEmpty() && mamba.isEmpty()) {
            throw new ProblemException(
                    Code.BAD_REQUEST, "which client? Name its prefix with --conda-prefix or --mamba-root");
        }
        var changes = new ArrayList<Plan.Change>();
        if (Input.isSet(remove)) {
            conda.ifPresent(prefix ->
                    changes.addAll(new CondaSetup(prefix, url).remove().changes()));
            mamba.ifPresent(
                    root -> changes.addAll(new MambaSetup(root, url).remove().changes()));
        } else {
            FirstRoot first = first(bulla, remote, url);
            conda.ifPresent(prefix ->
                    changes.addAll(new CondaSetup(prefix, url).install(first).changes()));
            mamba.ifPresent(root ->
                    changes.addAll(new MambaSetup(root, url).install(first).changes()));
        }
        var plan = new Plan(changes);
        if (!Input.isSet(dryRun)) {
            plan.apply();
        }
        show(bulla, url, plan);
        return Exit.DONE;
    }

    /** The active environment counts when no client was named. */
    static Optional<Path> activePrefix(BullaCommand bulla, boolean anotherIsNamed) {
        String prefix = bulla.surroundings().variable("CONDA_PREFIX");
        return anotherIsNamed || prefix.isEmpty() ? Optional.empty() : Optional.of(Path.of(prefix));
    }

    private FirstRoot first(BullaCommand bulla, Remote remote, ChannelUrl url) {
        Fetcher fetcher = remote.fetcher(url);
        if (rootSha256.value().isPresent()) {
            return FirstRoot.fetch(fetcher, url, new Pin.Digest(rootSha256.required()));
        }
        if (!bulla.surroundings().asks()) {
            throw new ProblemException(
                    Code.ROOT_NOT_PINNED,
                    "--root-sha256 is needed: nobody is here to compare the digest that the server shows");
        }
        Pin.Digest shown = FirstRoot.digestShownBy(fetcher, url);
        bulla.output().say("The server shows a first root with this SHA-256:");
        bulla.output().say("  " + shown.sha256());
        bulla.output().say("Compare it with what the operator published, not with what this server says elsewhere.");
        Optional<String> answer = bulla.surroundings().ask().line("Is it the same? Type yes: ");
        if (!answer.map(String::strip).orElse("").equals("yes")) {
            throw new ProblemException(Code.ROOT_NOT_PINNED, "the digest was not confirmed; nothing was changed");
        }
        return FirstRoot.fetch(fetcher, url, shown);
    }

    private void show(BullaCommand bulla, ChannelUrl url, Plan plan) {
        var members = new LinkedHashMap<String, Object>();
        members.put("channel", url.toString());
        members.put("dry_run", Input.isSet(dryRun));
        members.put(
                "changes", plan.changes().stream().map(ClientSetupCommand::json).toList());
        bulla.output().result(members, () -> lines(plan));
    }

    private List<String> lines(Plan plan) {
        if (plan.changes().isEmpty()) {
            return List.of("nothing to do: everything is as it should be");
        }
        String verb = Input.isSet(dryRun) ? "would change " : "changed ";
        return plan.changes().stream()
                .map(change -> verb + change.path() + ": " + change.what())
                .toList();
    }

    private static Map<String, Object> json(Plan.Change change) {
        var members = new LinkedHashMap<String, Object>();
        members.put("path", change.path());
        members.put("what", change.what());
        return members;
    }
}
