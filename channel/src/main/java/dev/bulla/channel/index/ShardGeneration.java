package dev.bulla.channel.index;

import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.shards.ShardIndex;
import dev.bulla.conda.shards.ShardMap;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The shards of a unit up to one change. Safe to share. The bytes of its index are a function of it and are made when
 * they are first asked for: nobody pays for an index that nobody reads.
 */
public final class ShardGeneration {
    private final long position;
    private final Instant at;
    private final Subdir subdir;
    private final ShardMap shards;
    private final long writtenBytes;
    private volatile @Nullable Document document;

    /**
     * The bytes of a shard index.
     *
     * @param sha256 their digest
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, handed out to be sent, never changed
    record Document(byte[] bytes, Sha256 sha256) {}

    /**
     * A generation.
     *
     * @param writtenBytes how long all records are that this process has put into shards up to here
     */
    ShardGeneration(long position, Instant at, Subdir subdir, ShardMap shards, long writtenBytes) {
        this.position = position;
        this.at = at;
        this.subdir = subdir;
        this.shards = shards;
        this.writtenBytes = writtenBytes;
    }

    /** The journal position of the last change it shows. */
    public long position() {
        return position;
    }

    /** When that change was made. */
    public Instant at() {
        return at;
    }

    /** Package name → digest of its shard. */
    ShardMap shards() {
        return shards;
    }

    /** How long all records are that this process has put into shards up to here; tells how much a change was. */
    long writtenBytes() {
        return writtenBytes;
    }

    /** The bytes of {@code repodata_shards.msgpack.zst}; not to be changed. */
    public byte[] index() {
        return document().bytes();
    }

    /** Their digest. */
    public Sha256 indexSha256() {
        return document().sha256();
    }

    private Document document() {
        var made = document;
        if (made == null) {
            synchronized (this) {
                made = document;
                if (made == null) {
                    var bytes = ShardIndex.encode(subdir, at, "", "./shards/", shards);
                    made = new Document(bytes, Sha256.digest(bytes));
                    document = made;
                }
            }
        }
        return made;
    }
}
