package dev.bulla.server;

import dev.bulla.channel.Channels;
import dev.bulla.server.api.ChannelApis;
import dev.bulla.server.api.ImportApi;
import dev.bulla.server.api.StatusApi;
import dev.bulla.server.api.UploadApi;
import dev.bulla.server.api.UploadGate;
import dev.bulla.server.exchange.Directory;
import dev.bulla.server.exchange.Origin;
import dev.bulla.server.files.ChannelFiles;
import dev.bulla.server.http.HttpServer;
import dev.bulla.server.http.Routes;
import java.time.Clock;
import java.time.Duration;

/** A running server. Whoever starts it closes the channels, after it has stopped. */
public final class BullaServer {
    private static final Duration FOR_READERS = Duration.ofSeconds(5);

    private final HttpServer http;
    private final UploadGate gate;

    private BullaServer(HttpServer http, UploadGate gate) {
        this.http = http;
        this.gate = gate;
    }

    /**
     * Serves these channels from here on.
     *
     * @throws dev.bulla.problem.ProblemException {@code PORT_IN_USE}, or {@code BAD_CONFIG} when there is no such
     *     interface or the TLS files cannot be used
     */
    public static BullaServer start(ServerConfig config, Channels channels, Clock clock) {
        var directory = new Directory(channels);
        var gate = new UploadGate(config.uploads());
        var routes = Routes.of(
                new ChannelFiles(directory),
                new UploadApi(directory, channels.tokens(), config.uploads(), gate),
                ChannelApis.of(channels, clock),
                new ImportApi(channels, config.uploads(), gate),
                new StatusApi(channels, gate, config.version()));
        var origin = new Origin(config.publicUrl(), config.trustedProxies());
        return new BullaServer(HttpServer.start(config.listen(), routes, origin, clock), gate);
    }

    /** The port that it listens on. */
    public int port() {
        return http.port();
    }

    /** The address without a path, as seen from the interface it listens on. */
    public String url() {
        return http.url();
    }

    /**
     * Stops: takes no more uploads, waits for those that run, then ends. Reading goes on meanwhile.
     *
     * @param most how long running uploads may still take; then they are cut off and leave nothing behind
     * @return whether all uploads came to their end
     */
    public boolean drainAndStop(Duration most) throws InterruptedException {
        gate.close();
        boolean ended = gate.awaitEmpty(most);
        // Readers had all that time already when an upload used it up.
        http.stop(ended ? FOR_READERS : Duration.ZERO);
        return ended;
    }
}
