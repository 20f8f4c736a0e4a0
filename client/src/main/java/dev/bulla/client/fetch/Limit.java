package dev.bulla.client.fetch;

/**
 * The largest body of one kind that is read.
 *
 * @param what the kind, for the message
 * @param maxBytes at least 1
 */
public record Limit(String what, long maxBytes) {
    /** A root, key_mgr or pkg_mgr file: a few kilobytes in practice. */
    public static final Limit ROLE = new Limit("trust file", 1 << 20);

    /** A whole {@code repodata.json} or its compressed form; the largest known is under 400 MB. */
    public static final Limit REPODATA = new Limit("repodata", 4L << 30);

    /** A shard index; unpacked it has at most twice as many. */
    public static final Limit SHARD_INDEX = new Limit("shard index", 64 << 20);

    /** A shard, compressed; the largest known has half a megabyte. */
    public static final Limit SHARD = new Limit("shard", 16 << 20);

    /** An artifact whose size is not known yet. */
    public static final Limit ARTIFACT = new Limit("artifact", 64L << 30);

    /** An answer of the API. */
    public static final Limit ANSWER = new Limit("answer", 1 << 20);
}
