package dev.bulla.client.remote;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import dev.bulla.trust.contenttrust.Delegation;
import dev.bulla.trust.contenttrust.RecordSignatures;
import dev.bulla.trust.contenttrust.RoleEditor;
import dev.bulla.trust.contenttrust.RoleMetadata;
import dev.bulla.trust.contenttrust.RoleSigner;
import dev.bulla.trust.contenttrust.SignedRole;
import dev.bulla.trust.contenttrust.Validity;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A signed channel in the hand of whoever attacks it: change its state, {@link #publish()}, and see whether the client
 * notices. It begins honest: root 1, key_mgr and pkg_mgr of version 1, and one package in {@code noarch}.
 */
public final class ChannelSimulator implements AutoCloseable {
    /** Answers, as a Bulla server does, which subdirs there are. */
    public void nameSubdirs(String... names) {
        var answer = JsonObject.of("subdirs", JsonArray.ofStrings(List.of(names)));
        server.put("/api/v1/channels/main", Dialect.CONDA.canonical(answer));
    }

    /** The time at which all tests happen. */
    public static final Instant NOW = Instant.parse("2026-11-22T08:30:00Z");

    /** The package that is there from the start. */
    public static final String ZLIB = "zlib-1.0-0.conda";

    private static final Duration DAYS_30 = Duration.ofDays(30);

    private final LoopbackServer server = LoopbackServer.start();
    private final Map<String, byte[]> artifacts = new TreeMap<>();
    private final Map<String, Map<String, JsonObject>> records = new TreeMap<>();
    private final List<SignedRole> roots = new ArrayList<>();
    private int keyMgrVersion = 1;
    private SigningKey condaKey = key(3);
    private SigningKey libmambaKey = key(4);

    /** The keys; an attacker may exchange any of them. */
    public List<SigningKey> rootKeys = List.of(key(1));

    public List<SigningKey> keyMgrKeys = List.of(key(2));
    public Instant expiration = NOW.plus(DAYS_30);

    /** Starts an honest channel. */
    public static ChannelSimulator start() {
        var simulator = new ChannelSimulator();
        simulator.addRoot(simulator.rootKeys, simulator.rootKeys);
        simulator.add(Packages.tiny("zlib"), "noarch");
        simulator.publish();
        return simulator;
    }

    private ChannelSimulator() {}

    /** A key that is the same in every run. */
    public static SigningKey key(int number) {
        var seed = new byte[32];
        seed[0] = (byte) number;
        return SigningKey.ofSeed(seed);
    }

    /** The server, for attacks on single files. */
    public LoopbackServer server() {
        return server;
    }

    /** The channel's address. */
    public ChannelUrl url() {
        return ChannelUrl.parse(server.url() + "/main");
    }

    /** What the operator would publish. */
    public String rootSha256() {
        return roots.getFirst().sha256();
    }

    /** The bytes of the first root. */
    public byte[] firstRoot() {
        return roots.getFirst().bytes();
    }

    /** The key that signs packages in a view. */
    public SigningKey packageKey(Dialect view) {
        return view == Dialect.CONDA ? condaKey : libmambaKey;
    }

    /** Exchanges that key. */
    public void packageKey(Dialect view, SigningKey key) {
        switch (view) {
            case CONDA -> condaKey = key;
            case LIBMAMBA -> libmambaKey = key;
        }
    }

    /** Adds the next root: with these keys, signed by those. */
    public void addRoot(List<SigningKey> keys, List<SigningKey> signers) {
        var version = roots.size() + 1;
        var metadata = RoleEditor.root(version, validity(), delegation(keys), delegation(keyMgrKeys));
        roots.add(RoleSigner.sign(metadata, NOW, signers));
        rootKeys = keys;
    }

    /** Takes the newest root away again. */
    public void dropRoot() {
        var dropped = roots.removeLast();
        server.remove("/main/content-trust/" + dropped.fileName());
        server.remove("/main/libmamba/" + dropped.fileName());
    }

    /** Sets the version of both key_mgr files. */
    public void keyMgrVersion(int version) {
        keyMgrVersion = version;
    }

    /** Adds a package to a subdir. */
    public void add(TinyPackage tiny, String subdir) {
        tiny.subdir(subdir);
        var bytes = tiny.conda();
        artifacts.put(subdir + "/" + tiny.condaName(), bytes);
        var record = ((JsonObject) parse(tiny.indexJson().getBytes(StandardCharsets.UTF_8)))
                .with("md5", parse(("\"" + Packages.md5(bytes) + "\"").getBytes(StandardCharsets.UTF_8)))
                .with("sha256", parse(("\"" + Packages.sha256(bytes) + "\"").getBytes(StandardCharsets.UTF_8)))
                .with("size", parse(String.valueOf(bytes.length).getBytes(StandardCharsets.UTF_8)));
        records.computeIfAbsent(subdir, name -> new TreeMap<>()).put(tiny.condaName(), record);
    }

    /** The records of a subdir by file name. */
    public Map<String, JsonObject> records(String subdir) {
        return records.getOrDefault(subdir, Map.of());
    }

    /** The artifact's bytes. */
    public byte[] artifact(String path) {
        return server.get("/main/" + path);
    }

    /** Serves everything as the state says, honestly signed with the present keys. */
    public void publish() {
        for (var view : Dialect.values()) {
            publish(view);
        }
        artifacts.forEach((path, bytes) -> {
            server.put("/main/" + path, bytes);
            server.put("/main/libmamba/" + path, bytes);
        });
    }

    private void publish(Dialect view) {
        var trust = view == Dialect.CONDA ? "/main/content-trust/" : "/main/libmamba/";
        roots.forEach(root -> server.put(trust + root.fileName(), root.bytes()));
        var key = packageKey(view);
        put(trust, RoleEditor.keyMgr(keyMgrVersion, validity(), Delegation.of(key.publicKey())), keyMgrKeys);
        if (view == Dialect.LIBMAMBA) {
            put(trust, RoleEditor.pkgMgr(keyMgrVersion, validity()), List.of(key));
        }
        server.put(indexPath(view, "noarch"), index(view, "noarch"));
        records.keySet().forEach(subdir -> server.put(indexPath(view, subdir), index(view, subdir)));
    }

    /** Serves one trust file, signed by these keys. */
    public void put(String folder, RoleMetadata metadata, List<SigningKey> signers) {
        server.put(
                folder + metadata.fileName(),
                RoleSigner.sign(metadata, NOW, signers).bytes());
    }

    /** Changes an index after it was signed, as text. */
    public void tamper(Dialect view, String subdir, UnaryOperator<String> change) {
        var path = indexPath(view, subdir);
        var before = new String(server.get(path), StandardCharsets.UTF_8);
        var after = change.apply(before);
        if (after.equals(before)) {
            throw new IllegalArgumentException("the attack changes nothing");
        }
        server.put(path, after.getBytes(StandardCharsets.UTF_8));
    }

    /** The path of an index. */
    public static String indexPath(Dialect view, String subdir) {
        return (view == Dialect.CONDA ? "/main/" : "/main/libmamba/") + subdir + "/repodata.json";
    }

    private byte[] index(Dialect view, String subdir) {
        var packages = JsonObject.builder();
        var signatures = JsonObject.builder();
        records.getOrDefault(subdir, Map.of()).forEach((fileName, record) -> {
            var key = packageKey(view);
            packages.put(fileName, record);
            signatures.put(fileName, RecordSignatures.entry(key.publicKey(), RecordSignatures.sign(view, record, key)));
        });
        var index = new LinkedHashMap<String, Json>();
        index.put("info", JsonObject.builder().put("subdir", subdir).build());
        index.put("packages", JsonObject.empty());
        index.put("packages.conda", packages.build());
        index.put("signatures", signatures.build());
        return new JsonObject(index).compact();
    }

    /** From a day before now to the expiration. */
    public Validity validity() {
        return new Validity(NOW.minus(Duration.ofDays(400)), expiration);
    }

    private static Delegation delegation(List<SigningKey> keys) {
        return new Delegation(keys.stream().map(SigningKey::publicKey).toList(), keys.size());
    }

    private static Json parse(byte[] json) {
        return Json.parse(json, JsonLimits.RECORD);
    }

    @Override
    public void close() {
        server.close();
    }
}
