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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, known from outside only: its output, its folder, HTTP. */
public final class BullaProcess implements AutoCloseable {
    private static final String QUICK = "-XX:TieredStopAtLevel=1";
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
    public static BullaProcess serve(Path folder, String... flags) throws IOException {
        Path log = Files.createTempFile("bulla-serve-", ".log");
        return start(serving(folder, flags), folder, log)
                .orElseThrow(() -> new IllegalStateException("the server did not start, see " + log));
    }

    /** The same as the launcher starts it for work: with all of the JVM's compilers, but a heap of 256 MiB. */
    public static BullaProcess serveForWork(Path folder, String... flags) throws IOException {
        var command = serving(folder, flags);
        command.command().replaceAll(word -> word.equals(QUICK) ? "-XX:+UseG1GC" : word);
        Path log = Files.createTempFile("bulla-serve-", ".log");
        return start(command, folder, log)
                .orElseThrow(() -> new IllegalStateException("the server did not start, see " + log));
    }

    /**
     * The same below another program, whose words come before Java's. It must leave the process itself to Java. Empty
     * when the server ended before it was ready.
     */
    public static Optional<BullaProcess> serveBelow(List<String> program, Path folder) throws IOException {
        var command = serving(folder);
        command.command().addAll(0, program);
        Path log = Files.createTempFile("bulla-serve-", ".log");
        var started = start(command, folder, log);
        if (started.isEmpty()) {
            Files.delete(log);
        }
        return started;
    }

    private static Optional<BullaProcess> start(ProcessBuilder command, Path folder, Path log) throws IOException {
        var process = command.redirectError(log.toFile()).start();
        var text = new StringBuilder();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            text.append(line).append('\n');
            if (line.equals("}")) {
                var json = Json.parse(text.toString().getBytes(StandardCharsets.UTF_8), JsonLimits.METADATA);
                return Optional.of(new BullaProcess(process, folder, log, (JsonObject) json));
            }
        }
        return Optional.empty();
    }

    /** Starts one that is expected to end by itself. */
    public static Process serveInVain(Path folder, String... flags) throws IOException {
        return serving(folder, flags).redirectErrorStream(true).start();
    }

    /** The same below another program, as {@link #serveBelow} has it. */
    public static Process serveBelowInVain(List<String> program, Path folder) throws IOException {
        var command = serving(folder);
        command.command().addAll(0, program);
        return command.redirectErrorStream(true).start();
    }

    /** Runs any command to its end, in a process of its own with this home and nothing else of ours around it. */
    public static CommandRun.Ended run(Path home, String... words) throws IOException {
        Path err = Files.createTempFile("bulla-", ".log");
        var builder = java(words).redirectError(err.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().remove("XDG_STATE_HOME");
        var process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var ended = new CommandRun.Ended(awaitEnd(process), out, Files.readString(err));
        Files.delete(err);
        return ended;
    }

    private static ProcessBuilder serving(Path folder, String... flags) {
        var words = new ArrayList<>(List.of("serve", "--json", "--data", folder.toString(), "--port", "0"));
        words.addAll(List.of(flags));
        return java(words.toArray(String[]::new));
    }

    private static ProcessBuilder java(String... words) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                QUICK,
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                classPath,
                "dev.bulla.cli.Main"));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("BULLA_"));
        return builder;
    }

    public String url() {
        return Answers.text(started, "url", "");
    }

    /** What it said when it was ready. */
    JsonObject started() {
        return started;
    }

    public Path folder() {
        return folder;
    }

    /** The digest of the first root of a channel, as it said. */
    public String rootSha256() {
        return Answers.text(Answers.objects(started, "channels").getFirst(), "root_sha256", "");
    }

    public String adminToken() throws IOException {
        return Files.readString(folder.resolve("admin-token")).strip();
    }

    /** What it said on standard error so far. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    public HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** The bytes at this address, which must be there. */
    public byte[] body(String path) {
        try {
            var answer = get(path);
            if (answer.statusCode() != 200) {
                throw new AssertionError(path + " is answered with " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(path, e);
        }
    }

    /** A command against this server, with the admin's token. */
    CommandRun command(Path home) throws IOException {
        return CommandRun.at(home).with("BULLA_SERVER", url()).with("BULLA_TOKEN", adminToken());
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As {@code kill} does; the exit code. */
    public int terminate() {
        tellToEnd();
        return awaitEnd();
    }

    /** As {@code kill} does, without waiting for what comes of it. */
    public void tellToEnd() {
        process.destroy();
    }

    /** The exit code, once it has ended. */
    public int awaitEnd() {
        return awaitEnd(process);
    }

    public long processId() {
        return process.pid();
    }

    /** Whether it ends by itself within this time. */
    public boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static int awaitEnd(Process process) {
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
