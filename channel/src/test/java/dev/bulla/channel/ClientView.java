package dev.bulla.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.ZstdInputStream;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Subdir;
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
import java.util.SortedSet;
import java.util.TreeSet;

/** What a strict client of one view sees of a channel at one instant: it believes nothing that it has not verified. */
record ClientView(Channel channel, Dialect view, Instant now) {
    /** The verified packages of a subdir, each with its artifact's bytes compared; whatever is wrong fails the test. */
    SortedSet<String> packages(Subdir subdir) throws IOException {
        var trusted = trust();
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
        return found;
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

    /** The subdir's index, after it was compared with its compressed form of the same generation. */
    JsonObject repodata(Subdir subdir) throws IOException {
        var plain = file(subdir, "repodata.json");
        var zst = file(subdir, "repodata.json.zst");
        for (var again = file(subdir, "repodata.json"); !again.equals(plain); again = file(subdir, "repodata.json")) {
            plain = again;
            zst = file(subdir, "repodata.json.zst");
        }
        try (var in = new ZstdInputStream(new ByteArrayInputStream(bytes(zst)))) {
            assertArrayEquals(bytes(plain), in.readAllBytes());
        }
        return (JsonObject) Json.parse(bytes(plain), JsonLimits.METADATA);
    }

    private ServedFile file(Subdir subdir, String name) {
        return channel.indexFile(view, subdir, name).orElseThrow();
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
