package dev.bulla.client.verify;

import dev.bulla.conda.name.Subdir;

/** Hears how a verification goes on, always on the thread that asked for it. */
public interface VerifyListener {
    /** Wants to hear nothing. */
    VerifyListener SILENT = verdict -> {};

    /** A subdir is begun. */
    default void started(Subdir subdir) {}

    /** Shards and index differ, perhaps because the one is newer; told before each pause. */
    default void waiting(Subdir subdir) {}

    /** A verdict, in the order of the index. */
    void verdict(Verdict verdict);
}
