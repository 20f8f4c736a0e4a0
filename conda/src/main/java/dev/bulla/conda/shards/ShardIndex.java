package dev.bulla.conda.shards;

import dev.bulla.conda.name.Excerpt;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@code repodata_shards.msgpack.zst}: which shards a subdir has, and where they and its artifacts are.
 *
 * @param subdir whose index it is
 * @param baseUrl where the artifacts are, relative to the index; empty means beside it
 * @param shardsBaseUrl where the shards are, relative to the index
 * @param createdAt when it was made, if it says so
 * @param hasRelations whether it sends clients to other channels too (CEP 42)
 * @param shards the digest of each package's shard
 */
public record ShardIndex(
        Subdir subdir,
        String baseUrl,
        String shardsBaseUrl,
        @Nullable Instant createdAt,
        boolean hasRelations,
        ShardMap shards) {
    private static final int VERSION = 1;
    private static final int HEAD_BYTES = 512;

    /** As conda reads it. */
    private static final int MAX_WINDOW_LOG = 27;

    private static final int MAX_NAMES = 1 << 20;

    /** The bytes of an index: a function of these arguments. */
    public static byte[] encode(
            Subdir subdir, Instant createdAt, String baseUrl, String shardsBaseUrl, ShardMap shards) {
        var out = new MessagePackWriter(HEAD_BYTES + baseUrl.length() + shardsBaseUrl.length() + shards.writtenBytes());
        out.map(3);
        out.string("info");
        out.map(4);
        member(out, "base_url", baseUrl);
        member(out, "created_at", createdAt.toString());
        member(out, "shards_base_url", shardsBaseUrl);
        member(out, "subdir", subdir.text());
        out.string("shards");
        shards.write(out);
        out.string("version");
        out.integer(VERSION);
        return Frame.compress(out);
    }

    private static void member(MessagePackWriter out, String name, String value) {
        out.string(name);
        out.string(value);
    }

    /**
     * The index that these bytes are; unknown members are ignored.
     *
     * @throws ProblemException {@code repodata_invalid} if they are none, {@code name_invalid}
     */
    public static ShardIndex parse(byte[] bytes, ShardLimits limits) {
        try {
            var plain = Frame.decompress(bytes, limits.indexBytes(), MAX_WINDOW_LOG);
            var in = new MessagePackReader(plain, limits.recordValues());
            var index = new Parts(in).index();
            in.end();
            return index;
        } catch (InvalidMessagePackException e) {
            throw new ProblemException(Code.REPODATA_INVALID, "the index of shards: " + e.getMessage(), e);
        }
    }

    private static final class Parts {
        private final MessagePackReader in;
        private final TreeMap<String, String> info = new TreeMap<>();
        private boolean hasRelations;
        private @Nullable ShardMap shards;

        Parts(MessagePackReader in) {
            this.in = in;
        }

        ShardIndex index() {
            var members = in.map();
            for (var i = 0; i < members; i++) {
                switch (in.string()) {
                    case "info" -> info();
                    case "shards" -> shards();
                    case "version" -> version();
                    default -> in.skip();
                }
            }
            if (shards == null) {
                throw new InvalidMessagePackException("member shards is missing");
            }
            return new ShardIndex(
                    Subdir.parse(required("subdir")),
                    required("base_url"),
                    required("shards_base_url"),
                    createdAt(),
                    hasRelations,
                    shards);
        }

        private void info() {
            var members = in.map();
            for (var i = 0; i < members; i++) {
                var name = in.string();
                switch (name) {
                    case "base_url", "created_at", "shards_base_url", "subdir" -> {
                        if (info.put(name, in.string()) != null) {
                            throw new InvalidMessagePackException("member info." + name + " is there twice");
                        }
                    }
                    case "channel_relations" -> {
                        hasRelations = true;
                        in.skip();
                    }
                    default -> in.skip();
                }
            }
        }

        private void shards() {
            if (shards != null) {
                throw new InvalidMessagePackException("member shards is there twice");
            }
            var hashes = new TreeMap<String, Optional<byte[]>>();
            var members = in.map();
            if (members > MAX_NAMES) {
                throw new InvalidMessagePackException("more than " + MAX_NAMES + " shards");
            }
            for (var i = 0; i < members; i++) {
                var name = in.string();
                var hash = in.binary();
                if (hash.length != ShardMap.HASH_LENGTH) {
                    throw new InvalidMessagePackException(
                            "the digest of " + Excerpt.of(name) + " has " + hash.length + " bytes, not 32");
                }
                if (hashes.put(name, Optional.of(hash)) != null) {
                    throw new InvalidMessagePackException(Excerpt.of(name) + " is there twice");
                }
            }
            shards = ShardMap.EMPTY.changed(hashes);
        }

        private void version() {
            var version = in.integer();
            if (version != VERSION) {
                throw new InvalidMessagePackException("version is " + version + ", not " + VERSION);
            }
        }

        private String required(String name) {
            var value = info.get(name);
            if (value == null) {
                throw new InvalidMessagePackException("member info." + name + " is missing");
            }
            return value;
        }

        private @Nullable Instant createdAt() {
            var text = info.get("created_at");
            try {
                return text == null ? null : Instant.parse(text);
            } catch (DateTimeException e) {
                throw new InvalidMessagePackException("created_at is " + Excerpt.of(text) + ", not a time");
            }
        }
    }
}
