package dev.bulla.channel.publish;

import dev.bulla.channel.store.Received;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ChannelName;
import java.time.Instant;

/**
 * Bytes that someone wants to see under a name.
 *
 * @param id its identifier
 * @param channel in which channel
 * @param name under which name
 * @param received the bytes
 * @param tokenId the credential it came with
 * @param receivedAt when it had arrived whole
 */
record Submission(
        String id, ChannelName channel, ArchiveName name, Received received, String tokenId, Instant receivedAt) {}
