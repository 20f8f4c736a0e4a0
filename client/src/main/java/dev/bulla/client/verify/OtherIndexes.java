package dev.bulla.client.verify;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * The other files of a subdir that clients take records from, some of them before {@code repodata.json}. None of them can
 * be verified, so none may be there: a mirror that adds one would lead clients past all that is signed. Shards can be,
 * by {@link ShardCheck}, once conda's records are.
 */
final class OtherIndexes {
    private static final List<String> NAMES =
            List.of("current_repodata.json", "current_repodata.json.zst", "repodata.json.bz2", "repodata.jlap");

    private final Fetcher fetcher;
    private final ChannelUrl channel;

    OtherIndexes(Fetcher fetcher, ChannelUrl channel) {
        this.fetcher = fetcher;
        this.channel = channel;
    }

    /** A file of a subdir, and why it must not be there. */
    record Unverified(String fileName, Problem problem) {}

    /**
     * Those that are there. Not looked for at the address for libmamba: a client that verifies refuses what it finds in
     * them, since it carries no signature.
     */
    List<Unverified> in(Subdir subdir, boolean shardsAreVerified) {
        var names = shardsAreVerified ? NAMES.stream() : Stream.concat(Stream.of(SubdirShards.INDEX), NAMES.stream());
        return names.filter(name ->
                        fetcher.head(channel.resolve(subdir + "/" + name)).isPresent())
                .map(
                        name -> new Unverified(
                                name,
                                new Problem(
                                        Code.SIGNATURE_MISSING,
                                        subdir + "/" + name
                                                + " is there: clients read it in place of repodata.json, and nothing in it is verified")))
                .toList();
    }
}
