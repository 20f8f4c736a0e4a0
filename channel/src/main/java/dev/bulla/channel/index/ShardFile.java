package dev.bulla.channel.index;

import dev.bulla.channel.store.Sha256;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A shard on disk. It is named by what it holds and so never changes.
 *
 * @param path where it is; for a week after the last index that named it
 * @param sha256 of its bytes
 * @param sizeBytes how many they are
 * @param since when it was written or, if that was later, left out of the index; in whole seconds
 */
public record ShardFile(Path path, Sha256 sha256, long sizeBytes, Instant since) {}
