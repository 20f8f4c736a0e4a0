package dev.bulla.client.update;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Limit;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.Role;
import dev.bulla.trust.contenttrust.SeenVersions;
import dev.bulla.trust.contenttrust.TrustedRoles;
import dev.bulla.trust.contenttrust.VerificationRun;
import dev.bulla.trust.json.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fetches a channel's trust files in their order: roots, key_mgr, and for libmamba pkg_mgr. What may be believed is
 * decided by {@link TrustedRoles}; here are only the files.
 *
 * <p>What cannot be told: that the channel withholds a newer root, or a newer key_mgr, until the present one expires.
 */
public final class RemoteTrust {
    /** More renewals than a channel has in its life. */
    private static final int MAX_ROOTS = 1000;

    private final Fetcher fetcher;
    private final ChannelUrl channel;
    private final Instant now;

    /** The trust files of this channel, held against this time. */
    public RemoteTrust(Fetcher fetcher, ChannelUrl channel, Instant now) {
        this.fetcher = fetcher;
        this.channel = channel;
        this.now = now;
    }

    /**
     * The roots that the channel has after these: N + 1 until there is none. An answer other than "not there" is thrown: it
     * does not say that there is none.
     *
     * @param known roots 2, 3, …
     * @throws ProblemException ROOT_NOT_CHAINED or another NOT_TRUSTED code; SERVER_… when it could not be told
     */
    public List<byte[]> rootsAfter(FirstRoot first, List<byte[]> known) {
        var roles = first.follow(new VerificationRun(Dialect.CONDA, now, SeenVersions.NONE), known);
        var newer = new ArrayList<byte[]>();
        while (newer.size() < MAX_ROOTS) {
            var name = Role.ROOT.fileName(known.size() + newer.size() + 2);
            var next = fetcher.bytes(channel.resolve("content-trust/" + name), Limit.ROLE);
            if (next.isEmpty()) {
                return newer;
            }
            NotTrusted.rootOrThrow("content-trust/", () -> roles.updateRoot(name, next.get()));
            newer.add(next.get());
        }
        throw new ProblemException(Code.SERVER_ANSWER_BAD, channel + " shows more than " + MAX_ROOTS + " new roots");
    }

    /**
     * What is trusted in a view, with its present key_mgr and pkg_mgr.
     *
     * @param later all roots from 2 on
     * @param seen versions accepted before
     * @throws ProblemException a NOT_TRUSTED code, or SERVER_… when it could not be told
     */
    public TrustedRoles roles(Dialect view, FirstRoot first, List<byte[]> later, SeenVersions seen) {
        var folder = view == Dialect.LIBMAMBA ? "libmamba/" : "content-trust/";
        var roles = first.follow(new VerificationRun(view, now, seen), later);
        if (view == Dialect.LIBMAMBA) {
            requireSameRoots(first, later);
        }
        var keyMgr = fetch(folder, Role.KEY_MGR);
        NotTrusted.run(folder, () -> roles.updateKeyMgr(keyMgr));
        if (view == Dialect.LIBMAMBA) {
            var pkgMgr = fetch(folder, Role.PKG_MGR);
            NotTrusted.run(folder, () -> roles.updatePkgMgr(pkgMgr));
        }
        return roles;
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
        if (shown.isEmpty()) {
            throw withheld(name + " is not there, but root v" + version + " is trusted already");
        }
        if (!Arrays.equals(shown.get(), newest)) {
            throw new ProblemException(
                    Code.ROOT_NOT_CHAINED, channel + ": " + name + " is another root than that of content-trust/");
        }
        var beyond = Role.ROOT.fileName(version + 1);
        if (fetcher.head(channel.resolve("libmamba/" + beyond)).isPresent()) {
            throw withheld("content-trust/" + beyond + " is not there, but libmamba/" + beyond + " is");
        }
    }

    private ProblemException withheld(String why) {
        return new ProblemException(Code.METADATA_ROLLED_BACK, channel + ": " + why);
    }
}
