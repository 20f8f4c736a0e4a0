package dev.bulla.client.verify;

import dev.bulla.client.fetch.Fetcher;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The subdirs of a channel that are looked at: all that conda's clients know, then those that the channel names beside
 * them. A channel that names fewer than it has hides packages, as one that leaves them out of an index does; it makes
 * none of them trusted.
 */
public final class ChannelSubdirs {
    private ChannelSubdirs() {}

    /** All that may be there; nobody says that each is. */
    public static List<Subdir> of(Fetcher fetcher) {
        var subdirs = new ArrayList<>(Subdir.KNOWN);
        fetcher.subdirNames().stream()
                .flatMap(name -> parsed(name).stream())
                .filter(subdir -> !subdir.isKnown())
                .distinct()
                .forEach(subdirs::add);
        return subdirs;
    }

    /** A folder of a channel, such as {@code libmamba}, need not be a subdir. */
    private static Optional<Subdir> parsed(String name) {
        try {
            return Optional.of(Subdir.parse(name));
        } catch (ProblemException none) {
            return Optional.empty();
        }
    }
}
