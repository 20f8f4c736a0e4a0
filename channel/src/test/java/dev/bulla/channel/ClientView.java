package dev.bulla.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.shards.Shard;
import dev.bulla.conda.shards.ShardIndex;
import dev.bulla.conda.shards.ShardLimits;
import dev.bulla.testkit.Packages;
import dev.bulla.trust.contenttrust.Envelope;
import dev.bulla.trust.contenttrust.SeenVersions;
import dev.bulla.trust.contenttrust.TrustedRoles;
import dev.bulla.trust.contenttrust.VerificationRun;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a strict client of one view sees of a channel at one instant: it believes nothing that it has not verified. */
record ClientView(Channel channel, Dialect view, Instant now) {
    /** The verified packages of a subdir, each with its artifact's bytes compared; whatever is wrong fails the test. */
    SortedSet<String> packages(Subdir subdir) throws IOException {
        var trusted = trust();
        var inShards = inShards(subdir, Label.MAIN);
        var repodata = repodata(subdir);
        var signatures = (JsonObject) repodata.member("signatures").orElse(JsonObject.empty());
        var found = new TreeSet<String>();
        for (var section : new String[] {"packages", "packages.conda"}) {
            var records = (JsonObject) repodata.member(section).orElseThrow();
            for (var entry : records.members().entrySet()) {
                var name = entry.getKey();
                trusted.verifyPackage(
                        name, entry.getValue(), signatures.member(name).orElse(null));
                compareBytes(subdir, name, (JsonObject) entry.getValue());
                found.add(name);
            }
        }
        assertEquals(found, new TreeSet<>(signatures.members().keySet()), "a signature for each record and no other");
        assertTrue(found.containsAll(inShards), () -> inShards + " are in shards, the index has " + found);
        return found;
    }

    /** What the shards list, which are all looked at; libmamba has none. */
    SortedSet<String> inShards(Subdir subdir, Label label) throws IOException {
        var found = new TreeSet<String>();
        for (var shard : shards(subdir, label).values()) {
            found.addAll(shard.records().keySet());
        }
        return found;
    }

    /** Package name → shard, each read as its index names it. */
    SortedMap<String, Shard> shards(Subdir subdir, Label label) throws IOException {
        var shards = new TreeMap<String, Shard>();
        var file = channel.indexFile(view, subdir, label, "repodata_shards.msgpack.zst");
        if (view == Dialect.LIBMAMBA) {
            assertTrue(file.isEmpty(), "shards carry no signatures");
            return shards;
        }
        var hashes =
                ShardIndex.parse(bytes(file.orElseThrow()), ShardLimits.DEFAULT).shards();
        for (var name : hashes.names()) {
            var sha256 = HexFormat.of().formatHex(hashes.hash(name).orElseThrow());
            var shard = channel.shard(subdir, label, sha256 + ".msgpack.zst").orElseThrow();
            assertEquals(sha256, Packages.sha256(bytes(shard)));
            assertEquals('"' + sha256 + '"', shard.etag());
            shards.put(name, Shard.parse(bytes(shard), ShardLimits.DEFAULT));
        }
        return shards;
    }

    /** The roles as of now, from the first root on. */
    TrustedRoles trust() throws IOException {
        var run = new VerificationRun(view, now, SeenVersions.NONE);
        var first = Envelope.parse("1.root.json", trustFile("1.root.json"));
        var trusted = TrustedRoles.pinned(run, first, channel.firstRootSha256().hex());
        for (var version = 2; channel.trustFile(view, version + ".root.json").isPresent(); version++) {
            trusted.updateRoot(version + ".root.json", trustFile(version + ".root.json"));
        }
        trusted.updateKeyMgr(trustFile("key_mgr.json"));
        if (view == Dialect.LIBMAMBA) {
            trusted.updatePkgMgr(trustFile("pkg_mgr.json"));
        }
        return trusted;
    }

    /** The subdir's index, once it shows everything, after it was compared with its compressed form. */
    JsonObject repodata(Subdir subdir) throws IOException {
        return repodata(subdir, Label.MAIN);
    }

    /** The same as a label shows it. */
    JsonObject repodata(Subdir subdir, Label label) throws IOException {
        channel.settle();
        var plain = file(subdir, label, "repodata.json");
        var zst = file(subdir, label, "repodata.json.zst");
        for (var again = file(subdir, label, "repodata.json");
                !again.equals(plain);
                again = file(subdir, label, "repodata.json")) {
            plain = again;
            zst = file(subdir, label, "repodata.json.zst");
        }
        try (var in = new ZstdInputStream(new ByteArrayInputStream(bytes(zst)))) {
            assertArrayEquals(bytes(plain), in.readAllBytes());
        }
        return (JsonObject) Json.parse(bytes(plain), JsonLimits.METADATA);
    }

    private ServedFile file(Subdir subdir, Label label, String name) {
        return channel.indexFile(view, subdir, label, name).orElseThrow();
    }

    byte[] trustFile(String fileName) throws IOException {
        return bytes(channel.trustFile(view, fileName).orElseThrow());
    }

    static byte[] bytes(ServedFile file) throws IOException {
        return switch (file) {
            case ServedFile.OnDisk disk -> Files.readAllBytes(disk.path());
            case ServedFile.InMemory memory -> {
                var bytes = new byte[memory.content().remaining()];
                memory.content().duplicate().get(bytes);
                yield bytes;
            }
        };
    }

    private void compareBytes(Subdir subdir, String fileName, JsonObject record) throws IOException {
        var artifact = channel.artifact(subdir, ArchiveName.parse(fileName)).orElseThrow();
        var bytes = Files.readAllBytes(artifact.path());
        assertEquals(record.member("sha256").orElseThrow(), new JsonString(Packages.sha256(bytes)));
        assertEquals(artifact.sizeBytes(), bytes.length);
        assertEquals(artifact.sha256().hex(), Packages.sha256(bytes));
    }
}
