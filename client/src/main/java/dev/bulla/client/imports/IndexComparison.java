package dev.bulla.client.imports;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Limit;
import dev.bulla.client.imports.ImportOutcome.Difference;
import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.repodata.PackageRecord;
import dev.bulla.conda.repodata.RepodataVisitor;
import dev.bulla.conda.shards.Shard;
import dev.bulla.conda.shards.ShardIndex;
import dev.bulla.conda.shards.ShardLimits;
import dev.bulla.conda.shards.ShardMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares a subdir's index that was found with the shards of the channel that its packages were imported into. Not safe to
 * share.
 */
final class IndexComparison implements RepodataVisitor {
    /** What the channel says itself. */
    private static final Set<String> OUR_OWN =
            Set.of("indexed_timestamp", "run_exports", "legacy_bz2_md5", "legacy_bz2_size", "attestations_sha256");

    /** What a missing member stands for. */
    private static final Map<String, String> DEFAULTS =
            Map.of("build_number", "0", "depends", "[]", "constrains", "[]");

    private static final int SHARDS_KEPT = 64;

    private final Fetcher fetcher;
    private final ChannelUrl channel;
    private final String folder;
    private final Subdir subdir;
    private final ShardMap hashes;
    private final Set<String> unlisted;
    private final List<Difference> differences = new ArrayList<>();
    private final Map<String, Optional<Shard>> shards = new HashMap<>();

    /**
     * A comparison with what the label shows.
     *
     * @param files the names of all packages that the source has
     */
    IndexComparison(Fetcher fetcher, ChannelUrl channel, Label label, Subdir subdir, List<SourceFile> files) {
        this.fetcher = fetcher;
        this.channel = channel;
        this.subdir = subdir;
        this.folder = (label.equals(Label.MAIN) ? "" : "label/" + label.text() + "/") + subdir + "/";
        this.unlisted = new HashSet<>();
        files.forEach(file -> unlisted.add(file.name().fileName()));
        this.hashes = fetcher.bytes(channel.resolve(folder + "repodata_shards.msgpack.zst"), Limit.SHARD_INDEX)
                .map(bytes -> ShardIndex.parse(bytes, ShardLimits.DEFAULT).shards())
                .orElse(ShardMap.EMPTY);
    }

    @Override
    public void record(ArchiveType section, String fileName, byte[] json) {
        if (!unlisted.remove(fileName)) {
            differ(fileName, "is listed, but not there");
            return;
        }
        var ours = FoundIndex.archiveName(fileName)
                .flatMap(name -> shard(name.name().text()))
                .flatMap(shard -> Optional.ofNullable(shard.records().get(fileName)));
        if (ours.isEmpty()) {
            return; // it was refused, or yanked, which is told elsewhere
        }
        try {
            compare(fileName, JsonMembers.parse(json, JsonBounds.SMALL), ours.get());
        } catch (InvalidJsonException e) {
            differ(fileName, "has a record that cannot be read: " + e.getMessage());
        }
    }

    private void compare(String fileName, JsonMembers found, JsonMembers ours) {
        var names = new TreeSet<String>();
        found.names().forEach(names::add);
        ours.names().forEach(names::add);
        names.removeAll(OUR_OWN);
        PackageRecord.DROPPED.forEach(names::remove);
        names.removeIf(name -> value(found, name).equals(value(ours, name)));
        if (!names.isEmpty()) {
            differ(fileName, "has another record: " + String.join(", ", names));
        }
    }

    private static String value(JsonMembers record, String name) {
        var value = record.text(name).orElse("null");
        return value.equals("null") ? Objects.requireNonNullElse(DEFAULTS.get(name), "null") : value;
    }

    private Optional<Shard> shard(String packageName) {
        var known = shards.get(packageName);
        if (known != null) {
            return known;
        }
        if (shards.size() >= SHARDS_KEPT) {
            shards.clear(); // an index has those of one package together, as a rule
        }
        var shard = hashes.hash(packageName).flatMap(this::fetch);
        shards.put(packageName, shard);
        return shard;
    }

    private Optional<Shard> fetch(byte[] hash) {
        var file = folder + "shards/" + HexFormat.of().formatHex(hash) + ".msgpack.zst";
        return fetcher.bytes(channel.resolve(file), Limit.SHARD).map(bytes -> Shard.parse(bytes, ShardLimits.DEFAULT));
    }

    private void differ(String fileName, String what) {
        differences.add(new Difference(subdir + "/" + fileName, what));
    }

    /** All of them, once the index was read to its end. */
    List<Difference> differences() {
        new TreeSet<>(unlisted).forEach(fileName -> differ(fileName, "is there, but not listed"));
        return List.copyOf(differences);
    }
}
