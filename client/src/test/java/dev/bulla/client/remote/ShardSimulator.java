package dev.bulla.client.remote;

import dev.bulla.testkit.Packages;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The shards of one subdir of a {@link ChannelSimulator}, honest until they are changed. */
public final class ShardSimulator {
    private final ChannelSimulator channel;
    private final String subdir;
    private final Map<String, JsonObject> shards = new TreeMap<>();
    private final Map<String, String> digests = new TreeMap<>();
    private JsonObject info;

    /** Shards of what the subdir has now; not served yet. */
    public ShardSimulator(ChannelSimulator channel, String subdir) {
        this.channel = channel;
        this.subdir = subdir;
        this.info = JsonObject.builder()
                .put("base_url", "")
                .put("created_at", "2026-11-22T08:30:00Z")
                .put("shards_base_url", "./shards/")
                .put("subdir", subdir)
                .build();
        read();
    }

    /** Takes over what the channel has now. */
    public void read() {
        shards.clear();
        channel.records(subdir).forEach((fileName, record) -> {
            var name = fileName.substring(0, fileName.indexOf('-'));
            var runExports = JsonObject.of("weak", JsonObject.empty());
            shards.computeIfAbsent(
                    name, _ -> JsonObject.of("packages", JsonObject.empty(), "packages.conda", JsonObject.empty()));
            edit(name, records -> records.with(fileName, record.with("run_exports", runExports)));
        });
    }

    /** Changes the records of a shard, or makes one. */
    public void edit(String name, UnaryOperator<JsonObject> change) {
        change(
                name,
                shard -> shard.with("packages.conda", change.apply((JsonObject)
                        shard.member("packages.conda").orElse(JsonObject.empty()))));
    }

    /** Changes a shard, or makes one. */
    public void change(String name, UnaryOperator<JsonObject> change) {
        shards.put(name, change.apply(shards.getOrDefault(name, JsonObject.of("packages", JsonObject.empty()))));
    }

    /** Drops a shard. */
    public void drop(String name) {
        shards.remove(name);
    }

    /** Changes {@code info} of the index. */
    public void info(String member, Json value) {
        info = info.with(member, value);
    }

    /** Serves the shards and the index that names them. */
    public void publish() {
        digests.clear();
        shards.forEach((name, shard) -> put(name, Packages.zstd(MessagePackBytes.of(shard))));
        publishIndex();
    }

    /** Serves these bytes as a shard, with its right digest in the index. */
    public void put(String name, byte[] compressed) {
        digests.put(name, Packages.sha256(compressed));
        channel.server().put(path(name), compressed);
        publishIndex();
    }

    private void publishIndex() {
        channel.server().put(indexPath(), Packages.zstd(MessagePackBytes.shardIndex(info, digests)));
    }

    /** The path of the index. */
    public String indexPath() {
        return "/main/" + subdir + "/repodata_shards.msgpack.zst";
    }

    /** The path of a shard. */
    public String path(String name) {
        return "/main/" + subdir + "/shards/" + digests.get(name) + ".msgpack.zst";
    }
}
