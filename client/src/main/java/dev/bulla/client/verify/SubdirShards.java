package dev.bulla.client.verify;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Limit;
import dev.bulla.conda.name.Excerpt;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.shards.ShardIndex;
import dev.bulla.conda.shards.ShardLimits;
import dev.bulla.problem.Code;
import dev.bulla.problem.Kind;
import dev.bulla.problem.ProblemException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The sharded index of a subdir as it was when it was fetched. */
final class SubdirShards {
    static final String INDEX = "repodata_shards.msgpack.zst";

    /** A folder below: no part begins with a dot, so none leads up. */
    private static final Pattern BELOW = Pattern.compile("([A-Za-z0-9_][A-Za-z0-9_.-]{0,63}/){0,8}");

    private final Fetcher fetcher;
    private final ChannelUrl channel;
    private final Subdir subdir;
    private final ShardIndex index;
    private final String folder;

    private SubdirShards(Fetcher fetcher, ChannelUrl channel, Subdir subdir, ShardIndex index) {
        this.fetcher = fetcher;
        this.channel = channel;
        this.subdir = subdir;
        this.index = index;
        this.folder = folder();
    }

    /**
     * Fetches the index; empty when the subdir has none.
     *
     * @throws ProblemException METADATA_MALFORMED, RECORD_MISMATCH when it is none or leads out of the subdir
     */
    static Optional<SubdirShards> fetch(Fetcher fetcher, ChannelUrl channel, Subdir subdir) {
        var bytes = fetcher.bytes(channel.resolve(subdir + "/" + INDEX), Limit.SHARD_INDEX);
        return bytes.map(compressed -> new SubdirShards(fetcher, channel, subdir, parse(subdir, compressed)));
    }

    /** Whether the subdir has a shard that has a record of this file, be it signed or not. */
    static boolean list(Fetcher fetcher, ChannelUrl channel, Subdir subdir, String fileName) {
        try {
            var name = ShardRecords.packageName(fileName);
            return fetch(fetcher, channel, subdir)
                    .flatMap(shards -> shards.index.shards().hash(name).map(hash -> shards.read(Entry.of(name, hash))))
                    .filter(shard -> shard.records().containsKey(fileName))
                    .isPresent();
        } catch (ProblemException e) {
            if (e.problem().code().kind() != Kind.NOT_TRUSTED) {
                throw e;
            }
            return false; // Shards that cannot be read do not promise anything.
        }
    }

    private static ShardIndex parse(Subdir subdir, byte[] compressed) {
        try {
            return ShardIndex.parse(compressed, ShardLimits.DEFAULT);
        } catch (ProblemException e) {
            throw new ProblemException(
                    Code.METADATA_MALFORMED,
                    where(subdir) + "is none: " + e.problem().detail(),
                    e);
        }
    }

    /** Checks where the index leads, and says where its shards are, relative to the subdir. */
    private String folder() {
        if (!index.subdir().equals(subdir)) {
            throw mismatch("info.subdir is " + index.subdir() + ", expected " + subdir);
        }
        if (!index.baseUrl().isEmpty() && !index.baseUrl().equals("./")) {
            throw mismatch(
                    "info.base_url sends clients to another place for the artifacts: " + Excerpt.of(index.baseUrl()));
        }
        if (index.hasRelations()) {
            throw mismatch("info.channel_relations sends clients to other channels");
        }
        var base = index.shardsBaseUrl();
        var relative = base.startsWith("./") ? base.substring(2) : base;
        var closed = relative.isEmpty() || relative.endsWith("/") ? relative : relative + "/";
        if (!BELOW.matcher(closed).matches()) {
            throw mismatch("info.shards_base_url leads out of the subdir: " + Excerpt.of(base));
        }
        return closed;
    }

    /** Reads the shards of these package names, several at a time, and passes them on in the order of the index. */
    void read(Predicate<String> packageNames, ExecutorService threads, Consumer<ShardRecords> shards) {
        var work = new OrderedWork<Entry, ShardRecords>(threads, 1, this::read, shards);
        index.shards().forEach((packageName, hash) -> {
            if (packageNames.test(packageName)) {
                work.add(Entry.of(packageName, hash));
            }
        });
        work.finish();
    }

    private record Entry(String packageName, String sha256) {
        static Entry of(String packageName, byte[] hash) {
            return new Entry(packageName, HexFormat.of().formatHex(hash));
        }
    }

    private ShardRecords read(Entry entry) {
        var path = subdir + "/" + folder + entry.sha256() + ".msgpack.zst";
        return fetcher.bytes(channel.resolve(path), Limit.SHARD)
                .map(bytes -> ShardRecords.of(path, entry.packageName(), entry.sha256(), bytes))
                .orElseGet(() -> ShardRecords.missing(path, entry.packageName()));
    }

    private ProblemException mismatch(String why) {
        return new ProblemException(Code.RECORD_MISMATCH, where(subdir) + why);
    }

    private static String where(Subdir subdir) {
        return subdir + "/" + INDEX + " ";
    }
}
