package dev.bulla.client.exports;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetched;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Head;
import dev.bulla.client.fetch.Limit;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Files of a channel as they were when they were looked at last, beside the folder. Safe to share for different files. */
final class Snapshot {
    private record Seen(@Nullable String etag, String sha256) {
        boolean hasTag(Optional<String> other) {
            return etag != null && other.filter(etag::equals).isPresent();
        }
    }

    private final Fetcher fetcher;
    private final ChannelUrl channel;
    private final Tree aside;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    Snapshot(Fetcher fetcher, ChannelUrl channel, Tree aside) {
        this.fetcher = fetcher;
        this.channel = channel;
        this.aside = aside;
    }

    /** Fetches a file, unless it is the one that is here; whether the channel has it. */
    boolean look(String path, Limit limit) {
        var before = fetcher.head(uri(path));
        var old = seen.get(path);
        if (old != null && before.isPresent() && old.hasTag(tag(before))) {
            return true;
        }
        var sha256 = before.flatMap(head -> fetcher.get(uri(path), limit, fetched -> aside.save(fetched, path)));
        if (sha256.isEmpty()) {
            seen.remove(path);
            aside.remove(path);
            return false;
        }
        seen.put(path, new Seen(tag(before).orElse(null), sha256.get()));
        return true;
    }

    /** Whether the channel still has these files as they are here, and none of those that are not. */
    boolean holds(Collection<String> paths, Workers workers) {
        var same = new AtomicBoolean(true);
        workers.each(paths, path -> {
            if (same.get() && !holds(path)) {
                same.set(false);
            }
        });
        return same.get();
    }

    private boolean holds(String path) {
        var now = fetcher.head(uri(path));
        var old = seen.get(path);
        if (old == null || now.isEmpty()) {
            return old == null && now.isEmpty();
        }
        if (old.etag() != null && tag(now).isPresent()) {
            return old.hasTag(tag(now));
        }
        return fetcher.get(uri(path), Limit.REPODATA, Snapshot::sha256)
                .filter(old.sha256()::equals)
                .isPresent();
    }

    boolean has(String path) {
        return seen.containsKey(path);
    }

    /** The digest of a file that is here. */
    String sha256(String path) {
        var file = seen.get(path);
        if (file == null) {
            throw new IllegalArgumentException("not here: " + path);
        }
        return file.sha256();
    }

    private URI uri(String path) {
        return channel.resolve(path);
    }

    private static Optional<String> tag(Optional<Head> head) {
        return head.flatMap(one -> Optional.ofNullable(one.etag()));
    }

    private static String sha256(Fetched fetched) throws IOException {
        return Sha256.of(fetched.body());
    }
}
