package dev.bulla.client.verify;

import dev.bulla.client.update.ChannelTrust;
import dev.bulla.client.verify.RecordCheck.Content;
import dev.bulla.client.verify.RecordCheck.Refused;
import dev.bulla.client.verify.RecordCheck.Result;
import dev.bulla.client.verify.RecordCheck.Signed;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one of what the views say about one file. */
sealed interface Judgement {
    String fileName();

    /** All views vouch for the same record. */
    record Agreed(String fileName, Evidence evidence, Content content) implements Judgement {}

    /** A view does not vouch for it. */
    record Against(String fileName, Problem problem) implements Judgement {}

    /** The views differ: perhaps because the channel changed between two requests, so look again. */
    record Unclear(String fileName, Problem problem) implements Judgement {}

    /**
     * Judges.
     *
     * @param results of the views, in order, at least one; {@code null} where a view does not list the file
     */
    static Judgement of(ChannelTrust trust, Subdir subdir, String fileName, List<@Nullable Result> results) {
        var signed = new ArrayList<Signed>();
        for (var result : results) {
            switch (result) {
                case null -> {
                    return unclear(subdir, fileName, unlisted(trust, subdir, results));
                }
                case Refused refused -> {
                    return new Against(fileName, refused.problem());
                }
                case Signed one -> signed.add(one);
            }
        }
        var content = signed.getFirst().content();
        if (!signed.stream().allMatch(one -> one.content().equals(content))) {
            return unclear(subdir, fileName, "its records differ between the views");
        }
        var views = signed.stream().map(Signed::evidence).toList();
        return new Agreed(
                fileName,
                new Evidence(trust.rootVersion(), views, content.sizeBytes(), content.sha256(), false),
                content);
    }

    /** Where it is missing. */
    private static String unlisted(ChannelTrust trust, Subdir subdir, List<@Nullable Result> results) {
        var views = Views.of(trust);
        var missing = new ArrayList<String>();
        for (var i = 0; i < views.size(); i++) {
            if (results.get(i) == null) {
                missing.add(IndexCopy.folder(views.get(i), subdir) + "repodata.json");
            }
        }
        return "it is not listed in every view, and missing in " + String.join(", ", missing);
    }

    private static Unclear unclear(Subdir subdir, String fileName, String why) {
        return new Unclear(fileName, new Problem(Code.RECORD_MISMATCH, subdir + "/" + fileName + ": " + why));
    }
}
