package dev.bulla.server.exchange;

import dev.bulla.channel.Channel;
import dev.bulla.channel.Channels;
import dev.bulla.channel.catalog.Visibility;
import dev.bulla.channel.token.Tokens;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.Optional;

/**
 * Finds the channel that a request names, if whoever asks may know of it. A private channel wants a token that may read
 * it: without one the answer is 401, with another's 403. A hidden one is, for whoever may not read it, no channel at all,
 * whatever is asked of it and with whatever credential.
 */
public final class Directory {
    private static final String CHANNEL = "channel";

    private final Channels channels;
    private final Tokens tokens;

    /** The directory of these channels. */
    public Directory(Channels channels) {
        this.channels = channels;
        this.tokens = channels.tokens();
    }

    /**
     * The channel that the route's parameter {@code channel} names, to be read.
     *
     * @throws ProblemException {@code CHANNEL_UNKNOWN}, also for what cannot be the name of one; {@code TOKEN_…} and
     *     {@code SCOPE_DENIED} when it is private
     */
    public Channel named(Exchange exchange) {
        var channel = known(exchange.parameter(CHANNEL));
        if (channel.visibility() == Visibility.PRIVATE) {
            requireReader(exchange, channel);
        }
        requireVisible(exchange, channel);
        return channel;
    }

    /** The same for what is for everybody, also in a private channel: what clients pin and check signatures with. */
    public Channel trusted(Exchange exchange) {
        var channel = known(exchange.parameter(CHANNEL));
        requireVisible(exchange, channel);
        return channel;
    }

    /** Whether whoever asks may read the channel; a credential that is not good is none. */
    public boolean mayRead(Exchange exchange, Channel channel) {
        if (channel.visibility() == Visibility.PUBLIC) {
            return true;
        }
        try {
            return tokens.authenticate(exchange.secret()).mayRead(channel.name());
        } catch (ProblemException e) {
            return false; // the reason would tell that there is something to be read
        }
    }

    private void requireReader(Exchange exchange, Channel channel) {
        var token = tokens.authenticate(exchange.secret());
        if (!token.mayRead(channel.name())) {
            throw new ProblemException(
                    Code.SCOPE_DENIED, "The token " + token.id() + " may not read the channel " + channel.name() + ".");
        }
    }

    private void requireVisible(Exchange exchange, Channel channel) {
        if (channel.visibility() == Visibility.HIDDEN && !mayRead(exchange, channel)) {
            throw unknown(channel.name().text());
        }
    }

    private Channel known(String text) {
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
