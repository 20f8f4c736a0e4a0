package dev.bulla.client.exports;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Patience;
import dev.bulla.conda.name.Label;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Exports a channel of a server into a folder. Not safe to share. */
public final class ChannelExport {
    private static final int MAX_ROUNDS = 16;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    private final Fetcher fetcher;
    private final ChannelUrl channel;
    private final ExportPaths paths;
    private final Patience patience;

    /**
     * An export.
     *
     * @param fetcher the door to the channel
     * @param channel its address at the server
     * @param label whose lists; those of another than main stand below {@code label/} as at the server
     * @param patience how its pauses pass
     */
    public ChannelExport(Fetcher fetcher, ChannelUrl channel, Label label, Patience patience) {
        this.fetcher = fetcher;
        this.channel = channel;
        this.paths = new ExportPaths(label);
        this.patience = patience;
    }

    /**
     * Brings the folder to the channel's present state; what is there and right is not fetched again.
     *
     * @param dryRun only looks what would be fetched and written
     * @throws ProblemException BAD_REQUEST when the folder holds something else than an export of this channel;
     *     ARTIFACT_CHANGED and others when the channel contradicts itself; SERVER_… when it cannot be reached, or changes all
     *     the time; DISK_ERROR
     */
    public ExportOutcome run(Path folder, boolean dryRun, ExportListener listener) {
        var claim = Claim.of(folder, channel, fetcher);
        if (!dryRun) {
            claim.make();
        }
        var aside = new Tree(dryRun ? temporary() : folder.resolve(Claim.ASIDE));
        aside.clear();
        try (var workers = new Workers()) {
            return rounds(new ExportRound(fetcher, channel, paths, new Tree(folder), aside, workers), dryRun, listener);
        } finally {
            aside.clear();
        }
    }

    private ExportOutcome rounds(ExportRound round, boolean dryRun, ExportListener listener) {
        var pause = patience.pause();
        for (var count = 1; count <= MAX_ROUNDS; count++) {
            if (count > 1) {
                listener.waiting();
                patience.timer().pause(pause);
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
            }
            Optional<ExportOutcome> outcome = dryRun ? round.wouldDo() : round.run(listener);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        throw new ProblemException(
                Code.SERVER_ANSWER_BAD,
                channel + " was looked at " + MAX_ROUNDS
                        + " times, and its lists changed meanwhile or did not agree: run the export again when it is quiet");
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("bulla-export-");
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "cannot make a temporary folder: " + e.getMessage(), e);
        }
    }
}
