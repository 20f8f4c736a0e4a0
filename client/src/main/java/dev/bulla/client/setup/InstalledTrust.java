package dev.bulla.client.setup;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Limit;
import dev.bulla.client.setup.Check.Status;
import dev.bulla.client.update.DurableFile;
import dev.bulla.client.update.FirstRoot;
import dev.bulla.client.update.Pin;
import dev.bulla.client.update.RemoteTrust;
import dev.bulla.problem.Kind;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.RoleMetadata;
import dev.bulla.trust.contenttrust.SeenVersions;
import dev.bulla.trust.json.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the roots that are installed for a client, and that a channel's trust files follow from them.
 *
 * @param rootFile the first root
 * @param later roots 2, 3, … that are installed beside it
 * @param expectedSha256 of the first root as it was set up; {@code null} when nobody noted it
 */
record InstalledTrust(
        Path rootFile, List<byte[]> later, @Nullable String expectedSha256) {
    private static final String ROOT = "first root";
    private static final String AGAIN = "bulla client setup --remove, then set it up again";

    /** The checks, in the order in which a client depends on them; the later ones are left out when an earlier one is bad. */
    List<Check> check(@Nullable ChannelUrl channel, Dialect view, FetchPolicy policy, Instant now) {
        var bytes = DurableFile.read(rootFile, (int) Limit.ROLE.maxBytes());
        if (bytes.isEmpty()) {
            return List.of(Check.bad(ROOT, "there is no " + rootFile, "bulla client setup"));
        }
        try {
            var shown = FirstRoot.sha256Of(bytes.get());
            var first = FirstRoot.of(bytes.get(), new Pin.Digest(expectedSha256 == null ? shown : expectedSha256));
            first.requireFollowedBy(later);
            var checks = new ArrayList<Check>();
            checks.add(Check.good(ROOT, rootFile + ", sha256 " + first.sha256() + roots()));
            if (channel != null) {
                checks.addAll(remote(first, channel, view, policy, now));
            }
            return checks;
        } catch (ProblemException e) {
            return List.of(Check.bad(ROOT, e.problem().detail(), AGAIN));
        }
    }

    private String roots() {
        return later.isEmpty() ? "" : ", followed to root v" + (later.size() + 1);
    }

    private List<Check> remote(FirstRoot first, ChannelUrl channel, Dialect view, FetchPolicy policy, Instant now) {
        var name = "trust files of " + channel;
        try {
            var remote = new RemoteTrust(Fetcher.of(channel, policy), channel, now);
            var all = new ArrayList<>(later);
            all.addAll(remote.rootsAfter(first, later));
            var roles = remote.roles(view, first, all, SeenVersions.NONE);
            var checks = new ArrayList<Check>();
            checks.add(expiry(roles.root(), now));
            checks.add(expiry(roles.keyMgr().orElseThrow(), now));
            roles.pkgMgr().ifPresent(pkgMgr -> checks.add(expiry(pkgMgr, now)));
            return checks;
        } catch (ProblemException e) {
            return List.of(failed(name, e.problem()));
        }
    }

    /** Good, or a warning in the last third of its life. */
    private static Check expiry(RoleMetadata role, Instant now) {
        var validity = role.validity();
        var left = Duration.between(now, validity.expiration());
        var evidence = role.role() + " v" + role.version() + " follows from the first root, valid until "
                + validity.expiration();
        return left.multipliedBy(3).compareTo(validity.life()) < 0
                ? new Check(role.fileName(), Status.WARNING, evidence, "the channel's operator should renew it")
                : Check.good(role.fileName(), evidence);
    }

    private static Check failed(String name, Problem problem) {
        return problem.code().kind() == Kind.NOT_TRUSTED
                ? Check.bad(name, problem.toString(), problem.code().cure())
                : new Check(
                        name, Status.UNKNOWN, problem.toString(), problem.code().cure());
    }
}
