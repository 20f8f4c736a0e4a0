package dev.bulla.server.exchange;

import dev.bulla.channel.Channel;
import dev.bulla.channel.Channels;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.Optional;

/** Finds the channel that a request names. */
public final class Directory {
    private final Channels channels;

    /** The directory of these channels. */
    public Directory(Channels channels) {
        this.channels = channels;
    }

    /**
     * The channel of this name.
     *
     * @throws ProblemException {@code CHANNEL_UNKNOWN}, also for what cannot be the name of one
     */
    public Channel named(String text) {
        var name = name(text).orElseThrow(() -> unknown("of this name")); // it may be a token in the wrong place
        return channels.channel(name).orElseThrow(() -> unknown(name.text()));
    }

    private static ProblemException unknown(String which) {
        return new ProblemException(Code.CHANNEL_UNKNOWN, "There is no channel " + which + " here.");
    }

    private static Optional<ChannelName> name(String text) {
        try {
            return Optional.of(ChannelName.parse(text));
        } catch (ProblemException e) {
            // What cannot be a name is the name of no channel.
            return Optional.empty();
        }
    }
}
