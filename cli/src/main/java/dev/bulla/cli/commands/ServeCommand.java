package dev.bulla.cli.commands;

import dev.bulla.channel.Channel;
import dev.bulla.cli.config.Key;
import dev.bulla.cli.config.Settings;
import dev.bulla.cli.output.Exit;
import dev.bulla.cli.output.Logs;
import dev.bulla.cli.output.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** {@code bulla serve}: runs a server until it is told to stop. */
final class ServeCommand implements Command {
    private final ServeOptions options = new ServeOptions();

    @Override
    public Form form() {
        return Form.of(
                        "serve",
                        "Runs a server on a data folder, which the first start fills: channel main, its keys, and the"
                                + " admin's token. SIGTERM ends it once running uploads are done.",
                        options.inputs())
                .examples(
                        "bulla serve",
                        "bulla serve --data /srv/conda --host 0.0.0.0 --port 8443 \\",
                        "    --tls-cert chain.pem --tls-key key.pem");
    }

    @Override
    public Exit run(BullaCommand bulla) throws IOException, InterruptedException {
        Logs.toStandardError(bulla.surroundings().err());
        Settings settings = options.settings(bulla);
        Path folder = Path.of(settings.value(Key.DATA).text()).toAbsolutePath().normalize();
        var started = new CompletableFuture<RunningServer>();
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started, bulla.output(), stopped), "stop"));
        announce(start(folder, settings, bulla, started), settings, bulla.output());
        stopped.await();
        return Exit.DONE;
    }

    /** Starts, and tells whoever would stop it how that went. */
    private static RunningServer start(
            Path folder, Settings settings, BullaCommand bulla, CompletableFuture<RunningServer> started)
            throws IOException {
        try {
            var server = RunningServer.start(
                    folder, ServeOptions.channels(settings), ServeOptions.server(settings), bulla.surroundings());
            started.complete(server);
            return server;
        } finally {
            started.cancel(false); // no effect once it is complete
        }
    }

    /**
     * Runs when the process is told to end, which it does with 0 once all is safe: stopping is no failure. A start that
     * is under way is waited for, since half of it cannot be stopped well; one that failed has nothing to stop.
     */
    private static void stop(CompletableFuture<RunningServer> started, Output output, CountDownLatch stopped) {
        try {
            var server = started.join();
            output.say("stopping: uploads that run have " + RunningServer.DRAIN.toSeconds() + " s to end");
            server.close();
            output.say("stopped");
            Runtime.getRuntime().halt(Exit.DONE.status());
        } catch (CancellationException failed) {
            return; // whoever started it says why, and with which status
        } catch (IOException e) {
            output.err().println("error: stopping failed: " + e);
            Runtime.getRuntime().halt(Exit.UNKNOWN.status());
        } finally {
            stopped.countDown();
        }
    }

    private static void announce(RunningServer server, Settings settings, Output output) {
        String url = settings.value(Key.PUBLIC_URL).isSet()
                ? settings.value(Key.PUBLIC_URL).text().replaceFirst("/$", "")
                : server.url();
        List<Channel> channels = server.channels().list();
        output.say("bulla " + Version.text() + " serves " + url);
        output.say("  data:        " + server.folder());
        output.say("  admin token: " + server.adminTokenFile());
        for (Channel channel : channels) {
            output.say("  channel:     " + url + "/" + channel.name());
            output.say("    first root sha256: " + channel.firstRootSha256().hex());
        }
        server.channels().health().warnings().forEach(warning -> output.warn(warning.about() + ": " + warning.text()));
        if (output.style().json()) {
            output.result(json(server, url, channels), List::of);
        }
    }

    private static Map<String, Object> json(RunningServer server, String url, List<Channel> channels) {
        var members = new LinkedHashMap<String, Object>();
        members.put("url", url);
        members.put("listens_on", server.url());
        members.put("data", server.folder());
        members.put("admin_token_file", server.adminTokenFile());
        members.put(
                "channels",
                channels.stream().map(channel -> channelJson(url, channel)).toList());
        return members;
    }

    private static Map<String, Object> channelJson(String url, Channel channel) {
        var members = new LinkedHashMap<String, Object>();
        members.put("name", channel.name());
        members.put("url", url + "/" + channel.name());
        members.put("root_sha256", channel.firstRootSha256().hex());
        return members;
    }
}
