package dev.bulla.cli.commands;

import dev.bulla.channel.fsck.Finding;
import dev.bulla.channel.fsck.Finding.Weight;
import dev.bulla.channel.fsck.FsckListener;
import dev.bulla.cli.output.Output;
import dev.bulla.cli.output.Progress;
import dev.bulla.problem.Code;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells of a check while it goes on: findings as they come, and how far it is. */
final class FsckProgress implements FsckListener, AutoCloseable {
    private static final int MOST_FINDINGS = 10_000;

    private final Output output;
    private final List<Map<String, Object>> findings = new ArrayList<>();
    private final Set<Code> codes = EnumSet.noneOf(Code.class);
    private long leftOut;
    private long readingSince;
    private long readingNanos = 1;
    private @Nullable Progress progress;

    FsckProgress(Output output) {
        this.output = output;
    }

    @Override
    public void begins(Step step, long total) {
        close();
        readingSince = step == Step.BYTES ? System.nanoTime() : 0;
        progress = switch (step) {
            case DATABASE -> Progress.ofCount(output, "looking at the database", "steps");
            case RECORDS -> Progress.ofCount(output, "verified", "records");
            case BYTES -> Progress.ofBytes(output, "reading stored files", total);
            case INDEXES -> Progress.ofCount(output, "made again and compared", "indexes");
        };
    }

    @Override
    public void done(long more) {
        if (progress != null) {
            progress.step(more);
        }
    }

    @Override
    public void found(Finding finding) {
        if (finding.weight() != Weight.NOTE) {
            codes.add(finding.problem().code());
        }
        String weight = finding.weight().name().toLowerCase(Locale.ROOT);
        if (!output.style().json()) {
            output.line(weight + ": " + finding.problem());
        } else if (findings.size() < MOST_FINDINGS) {
            var members = new LinkedHashMap<String, Object>();
            members.put("weight", weight);
            members.putAll(Output.json(finding.problem()));
            findings.add(members);
        } else {
            leftOut++;
        }
    }

    /** The findings for JSON. */
    List<Map<String, Object>> findings() {
        return findings;
    }

    /** How many there were over the limit. */
    long leftOut() {
        return leftOut;
    }

    /** What to do, a line for each code of which anything was found. */
    List<String> cures() {
        return codes.stream().map(code -> code.text() + ": " + code.cure()).toList();
    }

    /** How long stored bytes were read; more than 0. */
    double readingSeconds() {
        return readingNanos / 1e9;
    }

    /** Ends the step. */
    @Override
    public void close() {
        if (readingSince != 0) {
            readingNanos = Math.max(1, System.nanoTime() - readingSince);
            readingSince = 0;
        }
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }
}
