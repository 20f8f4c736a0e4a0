package dev.bulla.client.verify;

import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Patience;
import dev.bulla.client.update.ChannelTrust;
import dev.bulla.client.verify.Judgement.Against;
import dev.bulla.client.verify.Judgement.Unclear;
import dev.bulla.client.verify.RecordCheck.Result;
import dev.bulla.conda.name.Subdir;
import dev.bulla.trust.json.Dialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges a few files of a subdir; reads the index of each view once for all of them. */
final class RecordLookup {
    private static final int MAX_LOOKS = 3;

    private final Fetcher fetcher;
    private final ChannelTrust trust;
    private final Subdir subdir;

    RecordLookup(Fetcher fetcher, ChannelTrust trust, Subdir subdir) {
        this.fetcher = fetcher;
        this.trust = trust;
        this.subdir = subdir;
    }

    /**
     * A judgement for each of these files that any view lists, never {@link Unclear}: files on which the views differ are
     * looked at again, since a package may be published or removed between two requests; what still differs then is
     * judged against.
     */
    Map<String, Judgement> judge(Set<String> fileNames) {
        var judgements = judgeOnce(fileNames);
        for (var look = 2; look <= MAX_LOOKS; look++) {
            var unclear = unclear(judgements);
            judgements.keySet().removeAll(unclear);
            judgements.putAll(unclear.isEmpty() ? Map.of() : judgeOnce(unclear));
        }
        judgements.replaceAll((name, judgement) ->
                judgement instanceof Unclear(var file, var problem) ? new Against(file, problem) : judgement);
        return judgements;
    }

    /** The same, but waits until every view lists each of them in the same way; what still differs then is {@link Unclear}. */
    Map<String, Judgement> judgeOnceListed(Set<String> fileNames, Patience patience, Runnable waiting) {
        var judgements = new HashMap<String, Judgement>();
        var open = new HashSet<>(fileNames);
        patience.until(
                () -> {
                    judgements.keySet().removeAll(open);
                    judgements.putAll(judgeOnce(open));
                    return open.removeIf(name -> isSettled(judgements.get(name)));
                },
                _ -> open.isEmpty(),
                waiting);
        return judgements;
    }

    private static boolean isSettled(@Nullable Judgement judgement) {
        return judgement != null && !(judgement instanceof Unclear);
    }

    private static Set<String> unclear(Map<String, Judgement> judgements) {
        return judgements.values().stream()
                .filter(Unclear.class::isInstance)
                .map(Judgement::fileName)
                .collect(Collectors.toSet());
    }

    private Map<String, Judgement> judgeOnce(Set<String> fileNames) {
        var views =
                Views.of(trust).stream().map(view -> results(view, fileNames)).toList();
        var judgements = new HashMap<String, Judgement>();
        for (var fileName : fileNames) {
            List<@Nullable Result> results = new ArrayList<>();
            views.forEach(view -> results.add(view.get(fileName)));
            if (results.stream().anyMatch(Objects::nonNull)) {
                judgements.put(fileName, Judgement.of(trust, subdir, fileName, results));
            }
        }
        return judgements;
    }

    private Map<String, Result> results(Dialect view, Set<String> fileNames) {
        var copy = IndexCopy.fetch(fetcher, trust.channel(), view, subdir);
        if (copy.isEmpty()) {
            return Map.of();
        }
        try (var index = copy.get()) {
            var check = new RecordCheck(trust, view, subdir);
            var results = new HashMap<String, Result>();
            IndexScan.of(index, fileNames).collect().forEach((name, listed) -> results.put(name, check.check(listed)));
            return results;
        }
    }
}
