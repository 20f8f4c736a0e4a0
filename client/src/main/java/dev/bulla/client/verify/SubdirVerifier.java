package dev.bulla.client.verify;

import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.update.ChannelTrust;
import dev.bulla.client.verify.Judgement.Against;
import dev.bulla.client.verify.Judgement.Agreed;
import dev.bulla.client.verify.Judgement.Unclear;
import dev.bulla.client.verify.RecordCheck.Listed;
import dev.bulla.client.verify.RecordCheck.Refused;
import dev.bulla.client.verify.RecordCheck.Result;
import dev.bulla.client.verify.Verdict.Failed;
import dev.bulla.client.verify.Verdict.Verified;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Problem;
import dev.bulla.trust.json.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Verifies one subdir: the first view's records one by one, held against what the other view said. Files on
 * which the views differ are looked at again by {@link RecordLookup}. Not safe to share.
 */
final class SubdirVerifier {
    /** Signatures are quick, artifacts are not. */
    private static final int QUICK_BATCH = 128;

    private final Fetcher fetcher;
    private final ChannelTrust trust;
    private final Subdir subdir;
    private final boolean artifacts;
    private final ExecutorService threads;
    private final VerifyListener verdicts;
    private final ArtifactCheck artifactCheck;
    private final @Nullable ShardCheck shards;
    private final TreeSet<String> unclear = new TreeSet<>();

    SubdirVerifier(
            Fetcher fetcher,
            ChannelTrust trust,
            Subdir subdir,
            VerifyOptions options,
            ExecutorService threads,
            VerifyListener verdicts) {
        this.fetcher = fetcher;
        this.trust = trust;
        this.subdir = subdir;
        this.artifacts = options.artifacts();
        this.threads = threads;
        this.verdicts = verdicts;
        this.artifactCheck = new ArtifactCheck(fetcher, trust.channel());
        this.shards = trust.views().contains(Dialect.CONDA)
                ? new ShardCheck(fetcher, trust, subdir, options.patience(), threads, verdicts)
                : null; // libmamba's signatures leave out members that the shards' readers heed
    }

    /** Verifies it; false when no view has such a subdir. */
    boolean run() {
        var views = Views.of(trust);
        var second = views.size() == 1 ? null : new ConcurrentHashMap<String, Result>();
        var there = shards != null && shards.begin();
        there |= second != null && collect(views.get(1), second);
        there |= judgeAll(views.get(0), second);
        there |= failOtherIndexes();
        if (second != null) {
            unclear.addAll(second.keySet());
        }
        lookAgain();
        if (shards != null) {
            shards.compare();
        }
        return there;
    }

    /** What the second view says about each file. */
    private boolean collect(Dialect view, Map<String, Result> results) {
        var check = new RecordCheck(trust, view, subdir);
        return scan(
                view,
                listed -> new NamedResult(listed.fileName(), check.check(listed)),
                named -> results.merge(named.fileName(), named.result(), SubdirVerifier::worse));
    }

    /** Of a name that is listed in both maps, one is misplaced, and that counts. */
    private static Result worse(Result one, Result other) {
        return one instanceof Refused ? one : other;
    }

    private record NamedResult(String fileName, Result result) {}

    /** Judges what the first view lists, and takes it from what the second view said. */
    private boolean judgeAll(Dialect view, @Nullable Map<String, Result> second) {
        var check = new RecordCheck(trust, view, subdir);
        return scan(
                view,
                listed -> {
                    List<@Nullable Result> results = new ArrayList<>();
                    results.add(check.check(listed));
                    if (second != null) {
                        results.add(second.remove(listed.fileName()));
                    }
                    return withArtifact(Judgement.of(trust, subdir, listed.fileName(), results));
                },
                this::deliver);
    }

    private <T> boolean scan(Dialect view, Function<Listed, T> work, Consumer<T> results) {
        var copy = IndexCopy.fetch(fetcher, trust.channel(), view, subdir);
        if (copy.isEmpty()) {
            return false;
        }
        try (var index = copy.get()) {
            var ordered = new OrderedWork<>(threads, artifacts ? 1 : QUICK_BATCH, work, results);
            var shape = new IndexShape(view, subdir);
            IndexScan.of(index)
                    .tell(
                            ordered::add,
                            (name, json) -> shape.problem(name, json).ifPresent(this::failIndex));
            ordered.finish();
            if (artifacts) {
                new IndexForms(fetcher, trust.channel(), view, subdir)
                        .problem(index)
                        .ifPresent(this::failIndex);
            }
        }
        return true;
    }

    private Judgement withArtifact(Judgement judgement) {
        if (!artifacts || !(judgement instanceof Agreed agreed)) {
            return judgement;
        }
        Optional<Problem> problem = artifactCheck.problem(subdir, agreed.fileName(), agreed.content());
        return problem.isPresent()
                ? new Against(agreed.fileName(), problem.get())
                : new Agreed(agreed.fileName(), agreed.evidence().withArtifact(), agreed.content());
    }

    private void deliver(Judgement judgement) {
        switch (judgement) {
            case Agreed agreed -> {
                listed(agreed.fileName(), agreed.content().recordSha256());
                verdicts.verdict(new Verified(subdir, agreed.fileName(), agreed.evidence()));
            }
            case Against against -> {
                listed(against.fileName(), ShardCheck.REFUSED);
                verdicts.verdict(new Failed(subdir, against.fileName(), against.problem()));
            }
            case Unclear differing -> unclear.add(differing.fileName()); // for lookAgain, after which none is left
        }
    }

    private void listed(String fileName, String recordSha256) {
        if (shards != null) {
            shards.listed(fileName, recordSha256);
        }
    }

    /** Judges anew what was unclear. A file that no view lists any more was removed, and is not judged. */
    private void lookAgain() {
        if (unclear.isEmpty()) {
            return;
        }
        var judgements = new RecordLookup(fetcher, trust, subdir).judge(unclear);
        for (var name : unclear) {
            var judgement = judgements.get(name);
            if (judgement != null) {
                deliver(withArtifact(judgement));
            }
        }
    }

    /** Whether there are any. */
    private boolean failOtherIndexes() {
        var others = new OtherIndexes(fetcher, trust.channel()).in(subdir, shards != null);
        others.forEach(other -> verdicts.verdict(new Failed(subdir, other.fileName(), other.problem())));
        return !others.isEmpty();
    }

    private void failIndex(Problem problem) {
        verdicts.verdict(new Failed(subdir, "repodata.json", problem));
    }
}
