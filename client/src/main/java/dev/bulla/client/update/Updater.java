package dev.bulla.client.update;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.TrustedRoles;
import dev.bulla.trust.json.Dialect;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings what this machine knows about a channel up to date: what was pinned and kept, and then {@link RemoteTrust}. */
public final class Updater {
    private final Fetcher fetcher;
    private final ChannelUrl channel;
    private final Path stateBase;
    private final Instant now;

    /**
     * An updater of one channel.
     *
     * @param stateBase where channels' folders are kept, see {@link TrustedState#base}
     * @param now the reference time of the run
     */
    public Updater(Fetcher fetcher, ChannelUrl channel, Path stateBase, Instant now) {
        this.fetcher = fetcher;
        this.channel = channel;
        this.stateBase = stateBase;
        this.now = now;
    }

    /**
     * Fetches, checks and remembers what is newer.
     *
     * @param pin why the first root is trusted
     * @param views whose signatures will be verified
     * @throws ProblemException a NOT_TRUSTED code when something must not be believed; SERVER_… when it could not be told;
     *     DISK_ERROR for the local folder
     */
    public ChannelTrust update(Pin pin, Set<Dialect> views) {
        try (var state = TrustedState.open(stateBase, channel)) {
            var remote = new RemoteTrust(fetcher, channel, now);
            var first = first(state, pin);
            var roots = storedRoots(state);
            for (var newer : remote.rootsAfter(first, roots)) {
                roots.add(newer);
                state.root(roots.size() + 1, newer);
            }
            var roles = new EnumMap<Dialect, TrustedRoles>(Dialect.class);
            for (var view : views) {
                var trusted = remote.roles(view, first, roots, state.seen(view));
                state.seen(view, trusted.seen());
                roles.put(view, trusted);
            }
            return new ChannelTrust(channel, first.sha256(), roles);
        }
    }

    /** The first root: from the disk if it is there, else fetched; in both cases the very one that is pinned. */
    private FirstRoot first(TrustedState state, Pin pin) {
        var digest = digest(state, pin);
        var stored = state.root(1);
        var first = stored.map(bytes -> FirstRoot.of(bytes, digest))
                .orElseGet(() -> FirstRoot.fetch(fetcher, channel, digest));
        if (stored.isEmpty()) {
            state.root(1, first.bytes());
        }
        if (state.pin().isEmpty()) {
            state.pin(digest);
        }
        return first;
    }

    private Pin.Digest digest(TrustedState state, Pin pin) {
        var remembered = state.pin();
        return switch (pin) {
            case Pin.Digest given -> requireSame(given, remembered);
            case Pin.Remembered _ ->
                remembered.orElseThrow(() -> new ProblemException(
                        Code.ROOT_NOT_PINNED, "no first root is pinned for " + channel + " on this machine"));
            case Pin.TrustOnFirstUse _ -> remembered.orElseGet(() -> FirstRoot.digestShownBy(fetcher, channel));
        };
    }

    private Pin.Digest requireSame(Pin.Digest given, Optional<Pin.Digest> remembered) {
        if (remembered.isPresent() && !remembered.get().equals(given)) {
            throw new ProblemException(
                    Code.ROOT_NOT_PINNED,
                    "the first root pinned for " + channel + " on this machine has the SHA-256 "
                            + remembered.get().sha256() + ", not the given " + given.sha256());
        }
        return given;
    }

    private static List<byte[]> storedRoots(TrustedState state) {
        var later = new ArrayList<byte[]>();
        for (var next = state.root(2); next.isPresent(); next = state.root(later.size() + 2)) {
            later.add(next.get());
        }
        return later;
    }
}
