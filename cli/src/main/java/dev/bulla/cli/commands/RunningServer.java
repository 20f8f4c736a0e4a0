package dev.bulla.cli.commands;

import dev.bulla.channel.Channels;
import dev.bulla.channel.ChannelsConfig;
import dev.bulla.server.BullaServer;
import dev.bulla.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A data folder that is served by this process until it is closed. */
final class RunningServer implements AutoCloseable {
    /** How long uploads that run may still take when the server is told to stop. */
    static final Duration DRAIN = Duration.ofSeconds(20);

    private final Channels channels;
    private final BullaServer server;
    private final Path folder;

    private RunningServer(Channels channels, BullaServer server, Path folder) {
        this.channels = channels;
        this.server = server;
        this.folder = folder;
    }

    /** Opens the folder and listens; when this returns, everything in it is served. */
    static RunningServer start(Path folder, ChannelsConfig channelsConfig, ServerConfig config, Surroundings around)
            throws IOException {
        var channels = Channels.open(
                folder, channelsConfig, around.clock(), around.random().get());
        try {
            return new RunningServer(channels, BullaServer.start(config, channels, around.clock()), folder);
        } catch (RuntimeException e) {
            channels.close();
            throw e;
        }
    }

    Channels channels() {
        return channels;
    }

    /** The address without a path. */
    String url() {
        return server.url();
    }

    Path folder() {
        return folder;
    }

    /** The file with the admin's token. */
    Path adminTokenFile() {
        return folder.resolve("admin-token");
    }

    /** Drains uploads, stops listening, closes the folder. */
    @Override
    public void close() throws IOException {
        try {
            server.drainAndStop(DRAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stop draining, but close the folder
        } finally {
            channels.close();
        }
    }
}
