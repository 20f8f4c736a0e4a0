package dev.bulla.client.update;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Limit;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.Role;
import dev.bulla.trust.contenttrust.TrustedRoles;
import dev.bulla.trust.contenttrust.VerificationRun;
import dev.bulla.trust.json.Dialect;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings what is known about a channel up to date: pinned root, roots in their order, key_mgr, and for libmamba pkg_mgr.
 * Every step is in {@link TrustedRoles}; here are only the files and their order.
 *
 * <p>What cannot be told: that the channel withholds a newer root, or a newer key_mgr, until the present one expires.
 */
public final class Updater {
    /** More renewals than a channel has in its life. */
    private static final int MAX_ROOTS = 1000;

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
            var first = first(state, pin);
            var later = storedRoots(state);
            fetchRoots(state, first, later);
            var roles = new EnumMap<Dialect, TrustedRoles>(Dialect.class);
            for (var view : views) {
                roles.put(view, update(state, view, first, later));
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

    /** Root N + 1 until there is none. An answer other than 404 ends the run: it does not say that there is none. */
    private void fetchRoots(TrustedState state, FirstRoot first, List<byte[]> later) {
        var roles = first.follow(new VerificationRun(Dialect.CONDA, now, state.seen(Dialect.CONDA)), later);
        while (later.size() < MAX_ROOTS) {
            var version = later.size() + 2;
            var name = Role.ROOT.fileName(version);
            var next = fetcher.bytes(channel.resolve("content-trust/" + name), Limit.ROLE);
            if (next.isEmpty()) {
                return;
            }
            NotTrusted.rootOrThrow("content-trust/", () -> roles.updateRoot(name, next.get()));
            state.root(version, next.get());
            later.add(next.get());
        }
        throw new ProblemException(Code.SERVER_ANSWER_BAD, channel + " shows more than " + MAX_ROOTS + " roots");
    }

    private TrustedRoles update(TrustedState state, Dialect view, FirstRoot first, List<byte[]> later) {
        var folder = trustFolder(view);
        var roles = first.follow(new VerificationRun(view, now, state.seen(view)), later);
        if (view == Dialect.LIBMAMBA) {
            requireSameRoots(first, later);
        }
        var keyMgr = fetch(folder, Role.KEY_MGR);
        NotTrusted.run(folder, () -> roles.updateKeyMgr(keyMgr));
        if (view == Dialect.LIBMAMBA) {
            var pkgMgr = fetch(folder, Role.PKG_MGR);
            NotTrusted.run(folder, () -> roles.updatePkgMgr(pkgMgr));
        }
        state.seen(view, roles.seen());
        return roles;
    }

    /** The trust files of a view. */
    static String trustFolder(Dialect view) {
        return view == Dialect.LIBMAMBA ? "libmamba/" : "content-trust/";
    }

    private byte[] fetch(String folder, Role role) {
        var name = folder + role.fileName(1);
        return fetcher.bytes(channel.resolve(name), Limit.ROLE)
                .orElseThrow(() -> new ProblemException(
                        Code.SIGNATURE_MISSING,
                        channel + ": there is no " + name + ": nobody vouches for its packages"));
    }

    /** mamba reads its own copies of the roots: the newest must be the same, and the newest. */
    private void requireSameRoots(FirstRoot first, List<byte[]> later) {
        var version = later.size() + 1;
        var newest = later.isEmpty() ? first.bytes() : later.getLast();
        var name = "libmamba/" + Role.ROOT.fileName(version);
        var shown = fetcher.bytes(channel.resolve(name), Limit.ROLE);
        if (shown.isEmpty() || !Arrays.equals(shown.get(), newest)) {
            throw new ProblemException(
                    Code.RECORD_MISMATCH,
                    channel + ": " + name + (shown.isEmpty() ? " is not there" : " is another root")
                            + ", expected that of content-trust/" + Role.ROOT.fileName(version));
        }
        var beyond = "libmamba/" + Role.ROOT.fileName(version + 1);
        if (fetcher.head(channel.resolve(beyond)).isPresent()) {
            throw new ProblemException(
                    Code.RECORD_MISMATCH, channel + ": " + beyond + " is there, but not in content-trust/");
        }
    }
}
