package dev.bulla.channel.catalog;

import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Subdir;

/** A subdir of a channel. */
public record Place(ChannelName channel, Subdir subdir) {
    /** Reads what {@link #toString} wrote. */
    public static Place parse(String text) {
        var slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("a place is written channel/subdir, not: " + text);
        }
        return new Place(ChannelName.parse(text.substring(0, slash)), Subdir.parse(text.substring(slash + 1)));
    }

    /** {@code channel/subdir}. */
    @Override
    public String toString() {
        return channel + "/" + subdir;
    }
}
