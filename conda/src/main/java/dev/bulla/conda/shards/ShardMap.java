package dev.bulla.conda.shards;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Package names and the SHA-256 of each one's shard, sorted by name. Immutable: a change copies it, which takes some
 * 0.1 ms for 17,000 names.
 */
public final class ShardMap {
    /** Of a digest, in bytes. */
    public static final int HASH_LENGTH = 32;

    /** No names. */
    public static final ShardMap EMPTY = new ShardMap(new String[0], new byte[0]);

    private final String[] names;
    private final byte[] hashes;

    private ShardMap(String[] names, byte[] hashes) {
        this.names = names;
        this.hashes = hashes;
    }

    /** These names with their digests of 32 bytes. */
    public static ShardMap of(Map<String, byte[]> hashes) {
        var changes = new TreeMap<String, Optional<byte[]>>();
        hashes.forEach((name, hash) -> changes.put(name, Optional.of(hash)));
        return EMPTY.changed(changes);
    }

    /** The same with this digest for the name. */
    public ShardMap with(String name, byte[] hash) {
        return changed(new TreeMap<>(Map.of(name, Optional.of(hash))));
    }

    /** The same without the name. */
    public ShardMap without(String name) {
        return changed(new TreeMap<>(Map.of(name, Optional.empty())));
    }

    /** The same with these digests, and without the names that come with none. */
    public ShardMap changed(SortedMap<String, Optional<byte[]>> changes) {
        if (changes.comparator() != null) {
            throw new IllegalArgumentException("names in an order of their own");
        }
        if (changes.isEmpty()) {
            return this;
        }
        var merge = new Merge(names.length + changes.size());
        var from = 0;
        for (var change : changes.entrySet()) {
            var at = find(change.getKey());
            var until = at < 0 ? -at - 1 : at;
            merge.copy(from, until);
            change.getValue().ifPresent(hash -> merge.add(change.getKey(), hash));
            from = at < 0 ? until : until + 1;
        }
        merge.copy(from, names.length);
        return merge.finish();
    }

    private final class Merge {
        private final String[] newNames;
        private final byte[] newHashes;
        private int size;

        Merge(int capacity) {
            newNames = new String[capacity];
            newHashes = new byte[Math.multiplyExact(capacity, HASH_LENGTH)];
        }

        void copy(int from, int until) {
            System.arraycopy(names, from, newNames, size, until - from);
            System.arraycopy(hashes, from * HASH_LENGTH, newHashes, size * HASH_LENGTH, (until - from) * HASH_LENGTH);
            size += until - from;
        }

        void add(String name, byte[] hash) {
            if (hash.length != HASH_LENGTH) {
                throw new IllegalArgumentException(
                        "the digest of " + name + " has " + hash.length + " bytes, not " + HASH_LENGTH);
            }
            newNames[size] = name;
            System.arraycopy(hash, 0, newHashes, size * HASH_LENGTH, HASH_LENGTH);
            size++;
        }

        ShardMap finish() {
            return size == newNames.length
                    ? new ShardMap(newNames, newHashes)
                    : new ShardMap(Arrays.copyOf(newNames, size), Arrays.copyOf(newHashes, size * HASH_LENGTH));
        }
    }

    /** The digest of the name's shard. */
    public Optional<byte[]> hash(String name) {
        var at = find(name);
        return at < 0 ? Optional.empty() : Optional.of(hashAt(at));
    }

    /** How many names there are. */
    public int size() {
        return names.length;
    }

    /** All names, sorted. */
    public List<String> names() {
        return Collections.unmodifiableList(Arrays.asList(names));
    }

    /** Hands out each name with its digest, in the order of the names. */
    public void forEach(BiConsumer<String, byte[]> action) {
        for (var i = 0; i < names.length; i++) {
            action.accept(names[i], hashAt(i));
        }
    }

    void write(MessagePackWriter out) {
        out.map(names.length);
        for (var i = 0; i < names.length; i++) {
            out.string(names[i]);
            out.binary(hashes, i * HASH_LENGTH, HASH_LENGTH);
        }
    }

    /** What {@link #write} writes, at least nearly. */
    int writtenBytes() {
        var length = 0;
        for (var name : names) {
            length += name.length();
        }
        return length + names.length * (HASH_LENGTH + 4);
    }

    private int find(String name) {
        return Arrays.binarySearch(names, name);
    }

    private byte[] hashAt(int index) {
        return Arrays.copyOfRange(hashes, index * HASH_LENGTH, (index + 1) * HASH_LENGTH);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShardMap map && Arrays.equals(names, map.names) && Arrays.equals(hashes, map.hashes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }

    @Override
    public String toString() {
        return names.length + " shards";
    }
}
