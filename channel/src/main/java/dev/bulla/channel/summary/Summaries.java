package dev.bulla.channel.summary;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.store.DataFolder;
import dev.bulla.channel.store.Database;
import dev.bulla.conda.index.IndexFile;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/** The summaries of one channel. Safe to share. */
public final class Summaries {
    /** The name of the summary of all packages. */
    public static final String CHANNELDATA = "channeldata.json";

    /** The name of the feed of what came last. */
    public static final String RSS = "rss.xml";

    private final ConcurrentHashMap<Label, ChannelData> data = new ConcurrentHashMap<>();
    private final DataFolder folder;
    private final Database database;
    private final ChannelName channel;
    private final Clock clock;

    /** Those of this channel. */
    public Summaries(DataFolder folder, Database database, ChannelName channel, Clock clock) {
        this.folder = folder;
        this.database = database;
        this.channel = channel;
        this.clock = clock;
    }

    /**
     * A summary in a file, which stays there for ten seconds after something newer took its place.
     *
     * @param file what it is
     * @param madeAt when it was made, in whole seconds
     */
    public record Document(IndexFile file, Instant madeAt) {}

    /** {@code channeldata.json} as this label, which the channel must have, shows the channel. */
    public Document channeldata(Label label) throws IOException {
        var document = data.computeIfAbsent(label, this::open).document(clock.instant());
        return new Document(document.file(), document.madeAt());
    }

    /** {@code rss.xml} of the same; {@code url} is where its subdirs are. */
    public byte[] rss(Label label, String url) {
        var newest = database.read(handle -> Catalog.newest(handle, channel, label, RssFeed.MOST));
        var title = label.equals(Label.MAIN) ? channel.text() : channel + " (" + label + ")";
        return RssFeed.of(title, url, newest);
    }

    /** A name that no subdir has; a label's slash is written as +, which no label has. */
    private ChannelData open(Label label) {
        var at = folder.index()
                .resolve(channel.text())
                .resolve("channeldata")
                .resolve(label.text().replace('/', '+'));
        return new ChannelData(database, channel, label, at);
    }
}
