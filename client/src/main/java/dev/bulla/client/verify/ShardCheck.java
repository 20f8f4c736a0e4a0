package dev.bulla.client.verify;

import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Patience;
import dev.bulla.client.update.ChannelTrust;
import dev.bulla.client.verify.Judgement.Against;
import dev.bulla.client.verify.Judgement.Agreed;
import dev.bulla.client.verify.Verdict.Failed;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.Kind;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the shards of a subdir against the verified records of its {@code repodata.json}. What differs is looked at again,
 * both fetched anew, until it agrees in one look or patience ends: a server makes {@code repodata.json} some seconds after
 * the shards. Not safe to share.
 */
final class ShardCheck {
    /** In place of the digest of a record that failed already. */
    static final String REFUSED = "";

    /** So many may differ at a time; a channel that changes more is looked at another time. */
    private static final int MAX_DIFFERING = 100_000;

    private final Fetcher fetcher;
    private final ChannelTrust trust;
    private final Subdir subdir;
    private final Patience patience;
    private final ExecutorService threads;
    private final VerifyListener verdicts;
    private final Map<String, String> listed = new HashMap<>();
    private final Map<String, Problem> differing = new TreeMap<>();
    private final Set<String> failedNames = new HashSet<>();
    private @Nullable SubdirShards shards;

    ShardCheck(
            Fetcher fetcher,
            ChannelTrust trust,
            Subdir subdir,
            Patience patience,
            ExecutorService threads,
            VerifyListener verdicts) {
        this.fetcher = fetcher;
        this.trust = trust;
        this.subdir = subdir;
        this.patience = patience;
        this.threads = threads;
        this.verdicts = verdicts;
    }

    /** Fetches the index of the shards; false when there is none. */
    boolean begin() {
        try {
            shards = SubdirShards.fetch(fetcher, trust.channel(), subdir).orElse(null);
            return shards != null;
        } catch (ProblemException e) {
            failIndex(e);
            return true;
        }
    }

    /** Notes a record of {@code repodata.json}: the digest of its canonical bytes when it is signed, else {@link #REFUSED}. */
    void listed(String fileName, String recordSha256) {
        if (shards != null) {
            listed.put(fileName, recordSha256);
        }
    }

    /** Compares, once all records are noted. */
    void compare() {
        if (shards == null) {
            return;
        }
        shards.read(_ -> true, threads, this::compare);
        listed.forEach((fileName, signed) -> {
            if (!failedNames.contains(ShardRecords.packageName(fileName))) {
                note(fileName, difference(fileName, signed, null));
            }
        });
        try {
            patience.until(this::lookAgain, Map::isEmpty, () -> verdicts.waiting(subdir));
        } catch (ProblemException e) {
            failIndex(e);
        }
        differing.forEach(this::fail);
    }

    private void compare(ShardRecords shard) {
        if (isFailed(shard)) {
            return;
        }
        shard.records().forEach((fileName, content) -> {
            var signed = listed.remove(fileName);
            note(fileName, difference(fileName, signed, content));
        });
    }

    private boolean isFailed(ShardRecords shard) {
        shard.problems().forEach(problem -> fail(SubdirShards.INDEX, problem));
        if (!shard.problems().isEmpty()) {
            failedNames.add(shard.packageName());
        }
        return !shard.problems().isEmpty();
    }

    /** Looks at what differed; a file that agrees now has agreed. */
    private Map<String, Problem> lookAgain() {
        if (differing.isEmpty()) {
            return differing;
        }
        var now = SubdirShards.fetch(fetcher, trust.channel(), subdir);
        if (now.isEmpty()) {
            differing.clear(); // clients have no shards to read
            return differing;
        }
        var names = Set.copyOf(differing.keySet());
        var packageNames = names.stream().map(ShardRecords::packageName).collect(Collectors.toSet());
        var found = new HashMap<String, ShardRecords.Content>();
        now.get().read(packageNames::contains, threads, shard -> {
            if (!isFailed(shard)) {
                found.putAll(shard.records());
            }
        });
        var judgements = new RecordLookup(fetcher, trust, subdir).judge(names);
        names.forEach(name -> note(name, differenceNow(name, judgements.get(name), found.get(name))));
        differing.keySet().removeIf(name -> failedNames.contains(ShardRecords.packageName(name)));
        return differing;
    }

    private @Nullable Problem differenceNow(
            String fileName, @Nullable Judgement judgement, ShardRecords.@Nullable Content inShard) {
        return switch (judgement) {
            case null -> difference(fileName, null, inShard);
            case Agreed agreed -> difference(fileName, agreed.content().recordSha256(), inShard);
            case Against against -> against.problem();
            case Judgement.Unclear unclear -> unclear.problem();
        };
    }

    private @Nullable Problem difference(
            String fileName, @Nullable String signed, ShardRecords.@Nullable Content inShard) {
        if (REFUSED.equals(signed) || (signed == null && inShard == null)) {
            return null;
        }
        if (signed == null) {
            return problem(
                    Code.SIGNATURE_MISSING, fileName + " is in a shard, but not in repodata.json: nobody signed it");
        }
        if (inShard == null) {
            return problem(
                    Code.RECORD_MISMATCH, fileName + " is signed in repodata.json, but hidden: it is in no shard");
        }
        return inShard.is(signed)
                ? null
                : problem(Code.RECORD_MISMATCH, fileName + " has another record in its shard than the signed one");
    }

    private Problem problem(Code code, String detail) {
        return new Problem(code, subdir + "/" + detail);
    }

    private void note(String fileName, @Nullable Problem problem) {
        if (problem == null) {
            differing.remove(fileName);
            return;
        }
        if (differing.put(fileName, problem) == null && differing.size() > MAX_DIFFERING) {
            throw new ProblemException(
                    Code.SERVER_ANSWER_BAD,
                    subdir + ": more than " + MAX_DIFFERING + " records differ between repodata.json and the shards");
        }
    }

    private void fail(String fileName, Problem problem) {
        verdicts.verdict(new Failed(subdir, fileName, problem));
    }

    /** What is wrong with the index itself is a verdict; what could not be told is thrown on. */
    private void failIndex(ProblemException e) {
        if (e.problem().code().kind() != Kind.NOT_TRUSTED) {
            throw e;
        }
        fail(SubdirShards.INDEX, e.problem());
    }
}
