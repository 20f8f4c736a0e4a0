package dev.bulla.client.publish;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;

/**
 * Where files are published to.
 *
 * @param server the server's address, {@code http} or {@code https}
 * @param channel which of its channels
 * @param label the label that shows them
 */
public record Destination(ChannelUrl server, ChannelName channel, Label label) {
    /** Checks that it is a server. */
    public Destination {
        if (server.isFolder()) {
            throw new ProblemException(
                    Code.BAD_REQUEST, "files are published to a server, not to the folder " + server);
        }
    }

    /** The address of the channel. */
    ChannelUrl url() {
        return ChannelUrl.parse(server.resolve(channel.text()).toString());
    }
}
