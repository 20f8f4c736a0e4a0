package dev.bulla.server;

import dev.bulla.channel.Channels;
import dev.bulla.channel.ChannelsConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server in a JVM of its own, which ends when its input does. */
final class ChildServer implements AutoCloseable {
    private final Process process;
    private final String url;

    private ChildServer(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it over this folder with these options for the JVM. */
    static ChildServer in(Path folder, String... options) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath()));
        command.addAll(List.of(ChildServer.class.getName(), folder.toString()));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var url =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (url == null) {
            throw new IOException("the server ended at once");
        }
        return new ChildServer(process, url);
    }

    String url() {
        return url;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** What runs in the child. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var clock = Clock.systemUTC();
        try (var channels = Channels.open(Path.of(arguments[0]), ChannelsConfig.DEFAULT, clock, new SecureRandom())) {
            var server = BullaServer.start(ServerConfig.DEFAULT.withPort(0), channels, clock);
            System.out.println(server.url());
            System.in.transferTo(OutputStream.nullOutputStream());
            server.drainAndStop(Duration.ofSeconds(5));
        }
    }
}
