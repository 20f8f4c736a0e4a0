package dev.bulla.channel;

import dev.bulla.channel.token.ApiToken;
import dev.bulla.channel.token.Tokens;
import dev.bulla.conda.name.ChannelName;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Everything in one data folder. Safe to share. */
@SuppressWarnings("DoNotCallSuggester")
public final class Channels implements AutoCloseable {
    private Channels() {}

    /**
     * Opens the folder for this process alone, ends what a crash cut short, and on the first start makes the channel
     * {@code main} with its keys and trust metadata, and the admin's token. Ready to serve when it returns.
     *
     * @throws dev.bulla.problem.ProblemException {@code DATA_IN_USE} when another process has it
     */
    public static Channels open(Path folder, ChannelsConfig config, Clock clock, SecureRandom random)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends the admin's token and makes another, in a folder that may be served at this moment. Returns the secret, which
     * is also in the file {@code admin-token}.
     */
    public static String resetAdmin(Path folder, Clock clock, SecureRandom random) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes a channel with its own root, whose seed is left in {@code root-key-take-offline-NAME} and forgotten.
     *
     * @throws dev.bulla.problem.ProblemException {@code CHANNEL_EXISTS}
     */
    public Channel create(ChannelName name, ApiToken token) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The channels, sorted by name. */
    public List<Channel> list() {
        throw new UnsupportedOperationException();
    }

    /** The channel of this name. */
    public Optional<Channel> channel(ChannelName name) {
        throw new UnsupportedOperationException();
    }

    /** The credentials. */
    public Tokens tokens() {
        throw new UnsupportedOperationException();
    }

    /** How it is. */
    public Health health() {
        throw new UnsupportedOperationException();
    }

    /** Ends it: what runs is finished, what waits is done at the next start. */
    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException();
    }
}
