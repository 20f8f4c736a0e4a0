package dev.bulla.client.shards;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What {@code repodata_shards.msgpack.zst} says. */
public final class ShardIndexFile {
    /** The most bytes that an index unpacks to, as with conda: 128 MiB. */
    public static final int MAX_BYTES = 128 << 20;

    private static final int MAX_WINDOW_LOG = 27;
    private static final int MAX_NAMES = 1 << 20;
    private static final int HASH_BYTES = 32;

    private @Nullable String subdir;
    private @Nullable String baseUrl;
    private @Nullable String shardsBaseUrl;
    private boolean hasRelations;
    private final List<String> names = new ArrayList<>();
    private byte[] hashes = new byte[64 * HASH_BYTES];

    private ShardIndexFile() {}

    /**
     * Reads one.
     *
     * @throws ProblemException METADATA_MALFORMED; the message lacks the file's name
     */
    public static ShardIndexFile parse(byte[] compressed) {
        var reader = new MessagePackReader(Unpacked.of(compressed, MAX_BYTES, MAX_WINDOW_LOG));
        var index = new ShardIndexFile();
        reader.map(member -> {
            switch (member) {
                case "info" -> reader.map(name -> index.info(name, reader));
                case "shards" -> reader.map(name -> index.add(name, reader.binary()));
                default -> reader.value();
            }
        });
        reader.end();
        return index;
    }

    private void info(String name, MessagePackReader reader) {
        switch (name) {
            case "subdir" -> subdir = reader.string();
            case "base_url" -> baseUrl = reader.string();
            case "shards_base_url" -> shardsBaseUrl = reader.string();
            case "channel_relations" -> {
                hasRelations = true;
                reader.value();
            }
            default -> reader.value();
        }
    }

    private void add(String name, byte[] hash) {
        if (hash.length != HASH_BYTES || names.size() == MAX_NAMES) {
            throw new ProblemException(
                    Code.METADATA_MALFORMED, "has a shard without a SHA-256, or more than " + MAX_NAMES + " shards");
        }
        var offset = names.size() * HASH_BYTES;
        if (offset == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * offset);
        }
        System.arraycopy(hash, 0, hashes, offset, HASH_BYTES);
        names.add(name);
    }

    /** The subdir it says it is of; empty when it does not say. */
    public String subdir() {
        return orEmpty(subdir);
    }

    /** Where it says the artifacts are, relative to it. */
    public String baseUrl() {
        return orEmpty(baseUrl);
    }

    /** Where it says the shards are, relative to it. */
    public String shardsBaseUrl() {
        return orEmpty(shardsBaseUrl);
    }

    /** Whether it tells clients to look into other channels too (CEP 42). */
    public boolean hasRelations() {
        return hasRelations;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Tells each package name, in the file's order, and its shard's SHA-256 in hex. */
    public void forEach(BiConsumer<String, String> shard) {
        for (var i = 0; i < names.size(); i++) {
            shard.accept(names.get(i), HexFormat.of().formatHex(hashes, i * HASH_BYTES, (i + 1) * HASH_BYTES));
        }
    }
}
