package dev.bulla.conda.shards;

/**
 * How much a shard or an index of shards may be before it is refused.
 *
 * @param indexBytes what an index unpacks to
 * @param shardBytes what a shard unpacks to
 * @param recordValues how many values of any kind are in one record
 */
public record ShardLimits(int indexBytes, int shardBytes, int recordValues) {
    /** What conda reads: 128 MiB and 16 MiB; and as many values as a record may have to be signed: 65,536. */
    public static final ShardLimits DEFAULT = new ShardLimits(128 << 20, 16 << 20, 1 << 16);

    /** Each is positive. */
    public ShardLimits {
        if (indexBytes < 1 || shardBytes < 1 || recordValues < 1) {
            throw new IllegalArgumentException("a limit below 1");
        }
    }
}
