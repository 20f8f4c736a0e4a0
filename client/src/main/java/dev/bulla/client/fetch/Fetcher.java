package dev.bulla.client.fetch;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Reads files of channels. Safe to share between threads. */
public interface Fetcher {
    /** A door for {@code http}, {@code https} and {@code file} addresses; the policy's token goes to the host of {@code channel} only. */
    static Fetcher of(ChannelUrl channel, FetchPolicy policy) {
        return channel.isFolder() ? new FolderFetcher(channel) : new HttpFetcher(channel, policy);
    }

    /**
     * Reads one file of the channel.
     *
     * @param uri the file, at the host (or in the folder) of the channel
     * @param limit the most that is read
     * @param reader called once for each try that got an answer
     * @return what the reader made of it, empty when there is no such file
     * @throws dev.bulla.problem.ProblemException SERVER_UNREACHABLE or SERVER_ANSWER_BAD (TOKEN_… and SCOPE_DENIED when
     *     the server wants another credential); nothing is decided about trust
     */
    <T> Optional<T> get(URI uri, Limit limit, Fetched.Reader<T> reader);

    /** What the server says about a file without sending it; empty when there is none. */
    Optional<Head> head(URI uri);

    /**
     * The names of subdirs that the channel itself gives: the folders of one that is a folder, what a Bulla server
     * answers, none where nobody says. Any text may be among them, and nothing about trust follows from it.
     */
    List<String> subdirNames();

    /** All bytes of a small file. */
    default Optional<byte[]> bytes(URI uri, Limit limit) {
        return get(uri, limit, Fetched::bytes);
    }
}
