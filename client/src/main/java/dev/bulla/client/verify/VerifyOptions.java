package dev.bulla.client.verify;

import dev.bulla.client.fetch.Patience;
import dev.bulla.conda.name.Subdir;
import java.util.List;

/**
 * How much of a channel is verified.
 *
 * @param subdirs those to look at; empty: all that conda's clients know and all that the channel names, where a missing one
 *     counts as empty
 * @param artifacts also reads every artifact, and each index in both its forms
 * @param threads that check signatures and read shards, 1–64
 * @param patience with shards and {@code repodata.json} that differ, as they do for some seconds after each change
 */
public record VerifyOptions(List<Subdir> subdirs, boolean artifacts, int threads, Patience patience) {
    /** Copies, and checks the range. */
    public VerifyOptions {
        subdirs = List.copyOf(subdirs);
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("from 1 to 64 threads");
        }
    }

    /** All subdirs, records only, a thread for each processor. */
    public static VerifyOptions standard() {
        return new VerifyOptions(
                List.of(), false, Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 64), Patience.standard());
    }

    /** The same, with the artifacts or without. */
    public VerifyOptions withArtifacts(boolean wanted) {
        return new VerifyOptions(subdirs, wanted, threads, patience);
    }

    /** The same for these subdirs. */
    public VerifyOptions withSubdirs(List<Subdir> wanted) {
        return new VerifyOptions(wanted, artifacts, threads, patience);
    }
}
