package dev.bulla.channel;

import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.index.Generation;
import dev.bulla.channel.index.GenerationFile;
import dev.bulla.channel.index.ShardFile;
import dev.bulla.channel.index.ShardGeneration;
import dev.bulla.channel.metadata.TrustFile;
import dev.bulla.channel.store.Sha256;
import dev.bulla.channel.summary.Summaries;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import dev.bulla.trust.json.Dialect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Gives files their validators. */
final class ServedFiles {
    private static final String ZSTD = "application/zstd";
    private static final int ETAG_CHARACTERS = 32;

    private ServedFiles() {}

    static ServedFile of(IndexUnit unit, Dialect view, Generation generation, GenerationFile file) {
        var address = unit + " " + view + " " + file.name();
        var contentType = file.name().endsWith(".json") ? "application/json" : ZSTD;
        return new ServedFile.OnDisk(
                file.path(),
                file.sha256(),
                etag(address, file.sha256()),
                generation.builtAt(),
                contentType,
                file.sizeBytes());
    }

    static ServedFile shardIndex(IndexUnit unit, ShardGeneration shards) {
        return new ServedFile.InMemory(
                ByteBuffer.wrap(shards.index()),
                etag(unit + " shards", shards.indexSha256()),
                shards.at().truncatedTo(ChronoUnit.SECONDS),
                ZSTD);
    }

    /** A shard's tag is its digest, which its address is already. */
    static ServedFile of(ShardFile shard) {
        return new ServedFile.OnDisk(
                shard.path(), shard.sha256(), '"' + shard.sha256().hex() + '"', shard.since(), ZSTD, shard.sizeBytes());
    }

    static ServedFile of(ChannelName channel, Dialect view, TrustFile file) {
        var address = channel + " " + view + " " + file.fileName();
        return new ServedFile.InMemory(
                file.content(), etag(address, Sha256.digest(file.bytes())), file.signedAt(), "application/json");
    }

    static ServedFile of(ChannelName channel, Label label, Summaries.Document document) {
        var file = document.file();
        var sha256 = new Sha256(file.sha256());
        return new ServedFile.OnDisk(
                file.path(),
                sha256,
                etag(channel + " " + label + " " + Summaries.CHANNELDATA, sha256),
                document.madeAt(),
                "application/json",
                file.sizeBytes());
    }

    static ServedFile rss(ChannelName channel, Label label, byte[] xml, Instant madeAt) {
        return new ServedFile.InMemory(
                ByteBuffer.wrap(xml),
                etag(channel + " " + label + " " + Summaries.RSS, Sha256.digest(xml)),
                madeAt.truncatedTo(ChronoUnit.SECONDS),
                "application/rss+xml");
    }

    /** A JSON document about a whole channel, made at this time. */
    static ServedFile ofChannel(String address, byte[] json, Instant madeAt) {
        return new ServedFile.InMemory(
                ByteBuffer.wrap(json),
                etag(address, Sha256.digest(json)),
                madeAt.truncatedTo(ChronoUnit.SECONDS),
                "application/json");
    }

    /** Of the content and of the address: one client asks for one address with the tag of another. */
    private static String etag(String address, Sha256 content) {
        var both = Sha256.digest((address + " " + content).getBytes(StandardCharsets.UTF_8));
        return '"' + both.hex().substring(0, ETAG_CHARACTERS) + '"';
    }
}
