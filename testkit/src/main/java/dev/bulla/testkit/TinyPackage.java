package dev.bulla.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A small package in the making: valid and repeatable byte for byte, until a method whose name says so spoils it. Not
 * safe to share between threads.
 */
public final class TinyPackage {
    private final String name;
    private final SequencedMap<String, String> index = new LinkedHashMap<>();
    private final SequencedMap<String, byte[]> payload = new LinkedHashMap<>();
    private final Map<String, String> softlinks = new TreeMap<>();
    private final Map<String, byte[]> info = new TreeMap<>();
    private final List<String> withoutInfo = new ArrayList<>();
    private String version = "1.0";
    private String build = "0";

    TinyPackage(String name) {
        this.name = name;
        field("depends", "[]");
        subdir("noarch");
        file("share/" + name + "/hello.txt", "hello from " + name + "\n");
    }

    /** Sets the version. */
    public TinyPackage version(String text) {
        version = text;
        return this;
    }

    /** Sets the build string and the build number. */
    public TinyPackage build(String text, int number) {
        build = text;
        return field("build_number", String.valueOf(number));
    }

    /** Sets the subdir, and {@code noarch: generic} where that fits. */
    public TinyPackage subdir(String subdir) {
        field("noarch", subdir.equals("noarch") ? "\"generic\"" : null);
        return field("subdir", quoted(subdir));
    }

    /** Sets the dependencies. */
    public TinyPackage depends(String... specs) {
        return field(
                "depends", Arrays.stream(specs).map(TinyPackage::quoted).collect(Collectors.joining(",", "[", "]")));
    }

    /** Sets the time of the build, in milliseconds since 1970. */
    public TinyPackage timestamp(long millis) {
        return field("timestamp", String.valueOf(millis));
    }

    /** Sets one member of {@code info/index.json} to this JSON text; null takes it away. */
    public TinyPackage field(String member, @Nullable String json) {
        if (json == null) {
            index.remove(member);
        } else {
            index.put(member, json);
        }
        return this;
    }

    /** Adds a file of the payload. */
    public TinyPackage file(String path, byte[] content) {
        payload.put(path, content.clone());
        return this;
    }

    /** Adds a file of the payload with this text. */
    public TinyPackage file(String path, String content) {
        return file(path, content.getBytes(UTF_8));
    }

    /** Takes a file of the payload away; {@code info/paths.json} follows. */
    public TinyPackage withoutPayload() {
        payload.clear();
        return this;
    }

    /** Adds a soft link of the payload. */
    public TinyPackage softlink(String path, String target) {
        softlinks.put(path, target);
        return this;
    }

    /** Adds or replaces a file under {@code info/}; for index.json or paths.json this spoils what was consistent. */
    public TinyPackage info(String path, String content) {
        info.put(path, content.getBytes(UTF_8));
        return this;
    }

    /** Leaves a file under {@code info/} out. */
    public TinyPackage withoutInfo(String path) {
        withoutInfo.add(path);
        return this;
    }

    /** {@code name-version-build}. */
    public String stem() {
        return name + "-" + version + "-" + build;
    }

    /** The name of the {@code .conda} file. */
    public String condaName() {
        return stem() + ".conda";
    }

    /** The name of the {@code .tar.bz2} file. */
    public String tarBz2Name() {
        return stem() + ".tar.bz2";
    }

    /** The package as a {@code .conda} file. */
    public byte[] conda() {
        return conda(infoTar().bytes(), payloadTar().bytes());
    }

    /** The {@code .conda} file around these two tar archives. */
    public byte[] conda(byte[] infoTar, byte[] payloadTar) {
        return condaZip(Packages.zstd(infoTar), Packages.zstd(payloadTar)).bytes();
    }

    /** The {@code .conda} file around these two compressed members, open to more. */
    public ZipBytes condaZip(byte[] infoTarZst, byte[] payloadTarZst) {
        return new ZipBytes()
                .stored("metadata.json", "{\"conda_pkg_format_version\": 2}".getBytes(UTF_8))
                .stored("pkg-" + stem() + ".tar.zst", payloadTarZst)
                .stored("info-" + stem() + ".tar.zst", infoTarZst);
    }

    /** The package as a {@code .tar.bz2} file, {@code info/} first. */
    public byte[] tarBz2() {
        var tar = infoTar();
        addPayload(tar);
        return Packages.bzip2(tar.bytes());
    }

    /** The tar archive of {@code info/}, open to more. */
    public TarBytes infoTar() {
        var files = new TreeMap<String, byte[]>();
        files.put("info/index.json", indexJson().getBytes(UTF_8));
        files.put("info/paths.json", pathsJson().getBytes(UTF_8));
        files.putAll(info);
        withoutInfo.forEach(files::remove);
        var tar = new TarBytes();
        files.forEach(tar::file);
        return tar;
    }

    /** The tar archive of the payload, open to more. */
    public TarBytes payloadTar() {
        var tar = new TarBytes();
        addPayload(tar);
        return tar;
    }

    /** The text of {@code info/index.json}. */
    public String indexJson() {
        var members = new TreeMap<>(index);
        members.putIfAbsent("name", quoted(name));
        members.putIfAbsent("version", quoted(version));
        members.putIfAbsent("build", quoted(build));
        members.putIfAbsent("build_number", "0");
        return members.entrySet().stream()
                .map(member -> quoted(member.getKey()) + ": " + member.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** The text of {@code info/paths.json} that tells the truth about the payload. */
    public String pathsJson() {
        var entries = new TreeMap<String, String>();
        payload.forEach((path, content) -> entries.put(path, entry(path, "hardlink", content)));
        softlinks.forEach((path, target) -> entries.put(path, entry(path, "softlink", contentBehind(path, target))));
        return "{\"paths\": [" + String.join(", ", entries.values()) + "], \"paths_version\": 1}";
    }

    private void addPayload(TarBytes tar) {
        payload.forEach(tar::file);
        softlinks.forEach(tar::softlink);
    }

    private byte[] contentBehind(String path, String target) {
        var folder = path.substring(0, path.lastIndexOf('/') + 1);
        var content = payload.get(folder + target);
        return content == null ? new byte[0] : content;
    }

    private static String entry(String path, String type, byte[] content) {
        return "{\"_path\": " + quoted(path) + ", \"path_type\": " + quoted(type) + ", \"sha256\": "
                + quoted(Packages.sha256(content)) + ", \"size_in_bytes\": " + content.length + "}";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
