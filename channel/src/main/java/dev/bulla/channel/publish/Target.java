package dev.bulla.channel.publish;

import dev.bulla.channel.metadata.ChannelMetadata;
import dev.bulla.conda.name.ChannelName;

/**
 * Where an upload goes.
 *
 * @param channel into which channel
 * @param metadata whose keys sign its record
 */
public record Target(ChannelName channel, ChannelMetadata metadata) {}
