package dev.bulla.channel.imports;

import dev.bulla.channel.index.Indexes;
import dev.bulla.channel.store.BlobPins;
import dev.bulla.channel.store.Blobs;
import dev.bulla.channel.store.Database;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What an import works with.
 *
 * @param database where its rows go
 * @param blobs where its bytes go
 * @param pins who is about to name which bytes, shared with uploads
 * @param indexes what shows its artifacts
 * @param limits how much at once
 * @param clock the time
 * @param random for identifiers
 */
public record Shop(
        Database database,
        Blobs blobs,
        BlobPins pins,
        Indexes indexes,
        ImportLimits limits,
        Clock clock,
        RandomGenerator random) {}
