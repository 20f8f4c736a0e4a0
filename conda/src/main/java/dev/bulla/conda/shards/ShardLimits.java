package dev.bulla.conda.shards;

/**
 * How much a shard or an index of shards may unpack to before it is refused.
 *
 * @param indexBytes of an index
 * @param shardBytes of a shard
 */
public record ShardLimits(int indexBytes, int shardBytes) {
    /** What conda reads: 128 MiB and 16 MiB. */
    public static final ShardLimits DEFAULT = new ShardLimits(128 << 20, 16 << 20);

    /** Each is positive. */
    public ShardLimits {
        if (indexBytes < 1 || shardBytes < 1) {
            throw new IllegalArgumentException("a limit below 1");
        }
    }
}
