package dev.bulla.channel.imports;

import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;

/**
 * Where files go, and who brings them.
 *
 * @param channel into which channel
 * @param label which label shows them
 * @param tokenId the credential they come with
 */
record Aim(ChannelName channel, Label label, String tokenId) {}
