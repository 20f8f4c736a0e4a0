package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.cli.output.Output;
import dev.bulla.cli.output.Progress;
import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Patience;
import dev.bulla.client.update.ChannelTrust;
import dev.bulla.client.update.Pin;
import dev.bulla.client.update.Updater;
import dev.bulla.client.verify.ChannelReport;
import dev.bulla.client.verify.ChannelVerifier;
import dev.bulla.client.verify.Evidence;
import dev.bulla.client.verify.FileVerifier;
import dev.bulla.client.verify.Verdict;
import dev.bulla.client.verify.VerifyListener;
import dev.bulla.client.verify.VerifyOptions;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.Dialect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code bulla verify}: proves a channel or a package file, or says which step failed. */
final class VerifyCommand implements Command {
    private final Input<String> target = Input.word(
            String.class, "CHANNEL_URL|FILE", "A channel's address or folder, or a .conda or .tar.bz2 file.");
    private final Input<String> channel = Input.option(
            "--channel", String.class, "URL", "For a file: the channel it is from; by default main of the server.");
    private final Input<String> rootSha256 = Input.option(
            "--root-sha256", String.class, "HEX", "The digest of the channel's first root; remembered for next time.");
    private final Input<Boolean> firstUse = Input.flag(
            "--trust-first-root-shown", "Pin whatever root the server shows first. Whoever answers now is trusted.");
    private final Input<Boolean> artifacts =
            Input.flag("--artifacts", "Also read every artifact of the channel and each form of its indexes.");
    private final Input<String> subdirs =
            Input.option("--subdir", String.class, "NAMES", "Only these subdirs of the channel, by comma.");

    @Override
    public Form form() {
        return Form.of(
                        "verify",
                        "Proves that a channel's packages, or a file, are what the channel's keys vouch for, or says"
                                + " which step failed. Ends with 1 when anything is not trusted, with 3 when it could"
                                + " not be told.",
                        target,
                        channel,
                        rootSha256,
                        firstUse,
                        artifacts,
                        subdirs)
                .examples(
                        "bulla verify http://127.0.0.1:8080/main --root-sha256 HEX",
                        "bulla verify zlib-1.3.1-h_0.conda --channel http://127.0.0.1:8080/main");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        String what = target.required();
        boolean file = what.endsWith(".conda") || what.endsWith(".tar.bz2");
        Remote remote = Remote.of(bulla);
        ChannelUrl url = remote.channel(file ? channel.value().orElse("main") : withScheme(what));
        Fetcher fetcher = remote.fetcher(url);
        ChannelTrust trust = new Updater(
                        fetcher,
                        url,
                        remote.trustFolder(),
                        bulla.surroundings().clock().instant())
                .update(pin(), EnumSet.allOf(Dialect.class));
        return file ? file(bulla.output(), fetcher, trust, Path.of(what)) : channel(bulla.output(), fetcher, trust);
    }

    private static String withScheme(String what) {
        if (what.contains("://") || Files.isDirectory(Path.of(what))) {
            return what.contains("/") ? what : "./" + what;
        }
        throw new ProblemException(
                Code.BAD_REQUEST,
                what + " is neither a channel's address, nor a folder here, nor a package's file name");
    }

    private Pin pin() {
        if (rootSha256.value().isPresent()) {
            return new Pin.Digest(rootSha256.required());
        }
        return Input.isSet(firstUse) ? new Pin.TrustOnFirstUse() : new Pin.Remembered();
    }

    private static Exit file(Output output, Fetcher fetcher, ChannelTrust trust, Path file) {
        Verdict verdict = new FileVerifier(fetcher, trust, Patience.standard(), new Waiting(output)::tell).verify(file);
        var members = json(verdict);
        members.put("channel", trust.channel().toString());
        output.result(members, () -> lines(verdict));
        return verdict instanceof Verdict.Verified ? Exit.DONE : Exit.REFUSED;
    }

    private Exit channel(Output output, Fetcher fetcher, ChannelTrust trust) {
        var options = VerifyOptions.standard()
                .withArtifacts(Input.isSet(artifacts))
                .withSubdirs(subdirs.value().map(VerifyCommand::parsed).orElse(List.of()));
        var verdicts = new ArrayList<Map<String, Object>>();
        var waiting = new Waiting(output);
        ChannelReport report;
        try (var progress = Progress.ofCount(output, "verified", "records")) {
            report = new ChannelVerifier(fetcher, trust).verify(options, new VerifyListener() {
                @Override
                public void waiting(Subdir subdir) {
                    waiting.tell();
                }

                @Override
                public void verdict(Verdict verdict) {
                    progress.step(1);
                    if (output.style().json()) {
                        verdicts.add(json(verdict));
                    } else {
                        lines(verdict).forEach(output::line);
                    }
                }
            });
        }
        var members = new LinkedHashMap<String, Object>();
        members.put("channel", trust.channel().toString());
        members.put("trusted", report.isTrusted());
        members.put("root_version", report.rootVersion());
        members.put("first_root_sha256", trust.firstRootSha256());
        members.put("verified", report.verified());
        members.put("failed", report.failed());
        members.put("packages", verdicts);
        output.result(members, () -> List.of(summary(trust, report)));
        return report.isTrusted() ? Exit.DONE : Exit.REFUSED;
    }

    private static List<Subdir> parsed(String names) {
        return List.of(names.split(",")).stream()
                .map(String::strip)
                .map(Subdir::parse)
                .toList();
    }

    private static String summary(ChannelTrust trust, ChannelReport report) {
        String verdict = report.isTrusted() ? "trusted" : "NOT TRUSTED";
        return "%s: %s: %d %s verified, %d failed; root v%d, pinned by %s"
                .formatted(
                        verdict,
                        trust.channel(),
                        report.verified(),
                        report.verified() == 1 ? "package" : "packages",
                        report.failed(),
                        report.rootVersion(),
                        trust.firstRootSha256());
    }

    private static List<String> lines(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Verified verified -> List.of(verified.toString());
            case Verdict.Failed failed ->
                List.of(failed.toString(), "  " + failed.problem().code().cure());
        };
    }

    private static Map<String, Object> json(Verdict verdict) {
        var members = new LinkedHashMap<String, Object>();
        members.put("subdir", verdict.subdir());
        members.put("file_name", verdict.fileName());
        switch (verdict) {
            case Verdict.Verified verified -> {
                members.put("trusted", true);
                members.put("evidence", json(verified.evidence()));
            }
            case Verdict.Failed failed -> {
                members.put("trusted", false);
                members.put("error", Output.json(failed.problem()));
            }
        }
        return members;
    }

    private static Map<String, Object> json(Evidence evidence) {
        var members = new LinkedHashMap<String, Object>();
        members.put("root_version", evidence.rootVersion());
        members.put("sha256", evidence.sha256());
        members.put("size", evidence.sizeBytes());
        members.put("artifact_checked", evidence.artifactChecked());
        members.put("views", evidence.views().stream().map(VerifyCommand::json).toList());
        return members;
    }

    private static Map<String, Object> json(Evidence.View view) {
        var members = new LinkedHashMap<String, Object>();
        members.put("view", view.view().name().toLowerCase(Locale.ROOT));
        members.put("key_mgr_version", view.keyMgrVersion());
        members.put("signers", view.signers().stream().map(key -> key.hex()).toList());
        members.put("threshold", view.threshold());
        members.put("keys", view.keys());
        return members;
    }
}
