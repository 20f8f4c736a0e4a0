package dev.bulla.client.verify;

import dev.bulla.client.remote.ChannelSimulator;
import dev.bulla.client.remote.ShardSimulator;
import dev.bulla.client.remote.SteppingTimer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A channel with honest shards for each test. */
abstract class ShardedChannelTest {
    @TempDir
    Path folder;

    ShardedChannel channel;
    ChannelSimulator sim;
    ShardSimulator shards;
    SteppingTimer timer;

    @BeforeEach
    void start() {
        channel = ShardedChannel.start(folder);
        sim = channel.sim();
        shards = channel.shards();
        timer = channel.timer();
    }

    @AfterEach
    void stop() {
        channel.close();
    }
}
