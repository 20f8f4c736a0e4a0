package dev.bulla.channel;

import dev.bulla.channel.index.Pace;
import dev.bulla.channel.publish.PublishResult;
import dev.bulla.channel.publish.PublishResult.Published;
import dev.bulla.channel.publish.PublishResult.Rejected;
import dev.bulla.channel.publish.Upload;
import dev.bulla.channel.store.Disk;
import dev.bulla.channel.store.LocalDisk;
import dev.bulla.channel.token.ApiToken;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.testkit.SettableClock;
import dev.bulla.testkit.TinyPackage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Period;
import java.util.List;

/** An open data folder with a clock that stands still, and the shortest words for what tests do with it. */
final class TestChannels implements AutoCloseable {
    static final ChannelsConfig CONFIG = new ChannelsConfig(10_000_000, 0, Period.ofYears(3), Duration.ofDays(30));

    /** What lists a subdir whole is made when a test asks for it, and so never at a moment that no test has chosen. */
    private static final Pace WHEN_TOLD = new Pace(Duration.ofDays(1), Duration.ofDays(1), 0);

    final SettableClock clock;
    final Channels channels;
    private final Path folder;

    private TestChannels(Path folder, SettableClock clock, Channels channels) {
        this.folder = folder;
        this.clock = clock;
        this.channels = channels;
    }

    static TestChannels open(Path folder) throws IOException {
        return open(folder, CONFIG);
    }

    static TestChannels open(Path folder, ChannelsConfig config) throws IOException {
        return open(folder, config, SettableClock.atStart(), new LocalDisk());
    }

    static TestChannels open(Path folder, SettableClock clock) throws IOException {
        return open(folder, CONFIG, clock, new LocalDisk());
    }

    static TestChannels open(Path folder, ChannelsConfig config, SettableClock clock, Disk disk) throws IOException {
        var outside = new Foundation.Outside(disk, clock, new SecureRandom(), WHEN_TOLD);
        return new TestChannels(folder, clock, Channels.open(folder, config, outside));
    }

    /** With whole lists that are made when someone reads them, up to this length. */
    static TestChannels openAtOnce(Path folder, Disk disk, long atOnceBytes) throws IOException {
        var clock = SettableClock.atStart();
        var pace = new Pace(Duration.ofDays(1), Duration.ofDays(1), atOnceBytes);
        var outside = new Foundation.Outside(disk, clock, new SecureRandom(), pace);
        return new TestChannels(folder, clock, Channels.open(folder, CONFIG, outside));
    }

    Channel main() {
        return channels.channel(ChannelName.MAIN).orElseThrow();
    }

    ApiToken admin() throws IOException {
        return channels.tokens()
                .authenticate(Files.readString(folder.resolve("admin-token")).strip());
    }

    PublishResult publish(Upload upload) throws IOException {
        return main().publish(upload, admin());
    }

    Published publish(TinyPackage tiny) throws IOException {
        return (Published) publish(upload(tiny.condaName(), tiny.conda()));
    }

    static Upload upload(String fileName, byte[] bytes) {
        return new Upload(fileName, null, null, null, new ByteArrayInputStream(bytes), bytes.length);
    }

    static List<Code> codes(PublishResult result) {
        return ((Rejected) result)
                .problems().stream().map(problem -> problem.code()).toList();
    }

    @Override
    public void close() throws IOException {
        channels.close();
    }
}
