package dev.bulla.cli.commands;

import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, known from outside only: its output, its folder, HTTP. */
final class BullaProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path folder;
    private final Path log;
    private final JsonObject started;
    private final HttpClient http = HttpClient.newHttpClient();

    private BullaProcess(Process process, Path folder, Path log, JsonObject started) {
        this.process = process;
        this.folder = folder;
        this.log = log;
        this.started = started;
    }

    /** Starts {@code bulla serve} on this data folder and a free port; it is ready when this returns. */
    static BullaProcess serve(Path folder, String... flags) throws IOException {
        Path log = Files.createTempFile("bulla-serve-", ".log");
        var process = command(folder, flags).redirectError(log.toFile()).start();
        var text = new StringBuilder();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            text.append(line).append('\n');
            if (line.equals("}")) {
                var json = Json.parse(text.toString().getBytes(StandardCharsets.UTF_8), JsonLimits.METADATA);
                return new BullaProcess(process, folder, log, (JsonObject) json);
            }
        }
        throw new IllegalStateException("the server did not start: " + text + Files.readString(log));
    }

    /** Starts one that is expected to end by itself. */
    static Process serveInVain(Path folder, String... flags) throws IOException {
        return command(folder, flags).redirectErrorStream(true).start();
    }

    private static ProcessBuilder command(Path folder, String... flags) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                classPath,
                "dev.bulla.cli.Main",
                "serve",
                "--json",
                "--data",
                folder.toString(),
                "--port",
                "0"));
        words.addAll(List.of(flags));
        var builder = new ProcessBuilder(words);
        builder.environment().keySet().removeIf(name -> name.startsWith("BULLA_"));
        return builder;
    }

    String url() {
        return Answers.text(started, "url", "");
    }

    /** What it said when it was ready. */
    JsonObject started() {
        return started;
    }

    Path folder() {
        return folder;
    }

    /** The digest of the first root of a channel, as it said. */
    String rootSha256() {
        return Answers.text(Answers.objects(started, "channels").getFirst(), "root_sha256", "");
    }

    String adminToken() throws IOException {
        return Files.readString(folder.resolve("admin-token")).strip();
    }

    /** What it said on standard error so far. */
    String log() throws IOException {
        return Files.readString(log);
    }

    HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** A command against this server, with the admin's token. */
    CommandRun command(Path home) throws IOException {
        return CommandRun.at(home).with("BULLA_SERVER", url()).with("BULLA_TOKEN", adminToken());
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As {@code kill} does; the exit code. */
    int terminate() {
        process.destroy();
        return awaitEnd();
    }

    private int awaitEnd() {
        return process.onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join()
                .exitValue();
    }

    @Override
    public void close() throws IOException {
        kill();
        http.shutdownNow();
        Files.deleteIfExists(log);
    }
}
