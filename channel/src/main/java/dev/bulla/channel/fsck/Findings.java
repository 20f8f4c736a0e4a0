package dev.bulla.channel.fsck;

import dev.bulla.channel.fsck.Finding.Weight;
import dev.bulla.channel.fsck.FsckListener.Step;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Passes findings on, one at a time, and counts. Safe to share. */
final class Findings {
    private final FsckListener listener;
    private final Map<Weight, Long> found = new EnumMap<>(Weight.class);
    private final Set<Path> wrong = new LinkedHashSet<>();
    private long records;
    private long storedFiles;
    private long storedBytes;
    private long indexFiles;

    Findings(FsckListener listener) {
        this.listener = listener;
    }

    synchronized void begins(Step step, long total) {
        listener.begins(step, total);
    }

    synchronized void found(Finding finding) {
        found.merge(finding.weight(), 1L, Long::sum);
        listener.found(finding);
    }

    synchronized void records(long more) {
        records += more;
        listener.done(more);
    }

    synchronized void storedFile(long bytes) {
        storedFiles++;
        storedBytes += bytes;
        listener.done(bytes);
    }

    synchronized void indexFiles(long more) {
        indexFiles += more;
        listener.done(1);
    }

    synchronized void wrong(List<Path> paths) {
        wrong.addAll(paths);
    }

    synchronized Report report() {
        return new Report(
                records,
                storedFiles,
                storedBytes,
                indexFiles,
                count(Weight.NOTE),
                count(Weight.DERIVED),
                count(Weight.DAMAGE),
                List.copyOf(wrong));
    }

    private long count(Weight weight) {
        return found.getOrDefault(weight, 0L);
    }
}
