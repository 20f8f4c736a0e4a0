package dev.bulla.client.setup;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.setup.Check.Status;
import dev.bulla.trust.json.Dialect;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Proves that verification is on: that the settings say so, that what they need is installed, that the installed root is
 * good, and that the channel's trust files follow from it. What a client does with a package is up to it: conda only labels.
 */
public final class ClientDoctor {
    private final FetchPolicy policy;
    private final Instant now;

    /** A doctor that asks servers with this patience, and holds expiry against this time. */
    public ClientDoctor(FetchPolicy policy, Instant now) {
        this.policy = policy;
        this.now = now;
    }

    /** Looks at the conda of this prefix. */
    public List<Check> conda(Path prefix) {
        var rc = RcFile.read(prefix.resolve(".condarc"));
        var checks = new ArrayList<Check>();
        checks.add(setting(rc, "extra_safety_checks"));
        checks.add(CondaPlugin.check(prefix));
        var base = rc.value("signing_metadata_url_base");
        checks.add(base.map(address ->
                        Check.good("signing_metadata_url_base", ChannelUrl.masked(address) + " in " + rc.path()))
                .orElseGet(() -> Check.bad(
                        "signing_metadata_url_base",
                        "not set in " + rc.path() + ": conda verifies nothing",
                        "bulla client setup --conda-prefix " + prefix)));
        var roots = new CondaRoots(prefix.resolve("etc/conda"));
        roots.others()
                .forEach(file -> checks.add(Check.bad(
                        "other roots",
                        file + ": conda would take it for the newest root, and it does not follow from the first",
                        "find out who put it there, and take it away")));
        var channel =
                base.flatMap(address -> channel(address, "/content-trust")).orElse(null);
        if (channel != null) {
            checks.add(listed(rc, channel.uri().toString()));
        }
        checks.addAll(new InstalledTrust(roots.file(1), roots.later(), pinned(rc))
                .check(channel, Dialect.CONDA, policy, now));
        return checks;
    }

    /** Looks at the mamba or micromamba of this root prefix. */
    public List<Check> mamba(Path root) {
        var rc = RcFile.read(root.resolve(".mambarc"));
        var checks = new ArrayList<Check>();
        checks.add(setting(rc, "verify_artifacts"));
        checks.add(addsNoPip(rc));
        var trusted = rc.list("trusted_channels");
        if (trusted.isEmpty()) {
            checks.add(Check.bad(
                    "trusted_channels",
                    "none in " + rc.path() + ": mamba can verify nothing",
                    "bulla client setup --mamba-root " + root));
        }
        for (var address : trusted) {
            checks.addAll(mambaChannel(root, rc, address));
        }
        return checks;
    }

    private List<Check> mambaChannel(Path root, RcFile rc, String address) {
        var channel = channel(address, "/libmamba").orElse(null);
        var plain = RcBlock.in(rc).map(RcBlock::channel).filter(own -> isSame(own, address));
        if (plain.isPresent()) {
            var evidence = ChannelUrl.masked(address) + " in " + rc.path() + ": mamba cannot verify it";
            var cure = "replace it by " + ChannelUrl.masked(MambaSetup.verifiedAddress(ChannelUrl.parse(plain.get())));
            return List.of(Check.bad("plain address", evidence, cure));
        }
        if (channel == null) {
            var evidence = ChannelUrl.masked(address) + " is not the address for libmamba of a Bulla channel";
            return List.of(new Check("trusted_channels", Status.UNKNOWN, evidence, ""));
        }
        var checks = new ArrayList<Check>();
        checks.add(Check.good("trusted_channels", ChannelUrl.masked(address) + " in " + rc.path()));
        checks.add(listed(rc, address));
        for (var fileName : MambaSetup.SETTINGS_FILES) {
            var file = RcFile.read(root.resolve(fileName));
            PlainAddress.in(file, channel)
                    .ifPresent(word -> checks.add(Check.bad(
                            "plain address",
                            ChannelUrl.masked(word) + " in " + file.path() + ": mamba cannot verify it",
                            "replace it by " + ChannelUrl.masked(address))));
        }
        checks.addAll(new InstalledTrust(MambaSetup.rootFile(root, channel), List.of(), pinned(rc))
                .check(channel, Dialect.LIBMAMBA, policy, now));
        return checks;
    }

    /** A channel that the settings do not list is only looked at where a command names it, or another file lists it. */
    private static Check listed(RcFile rc, String address) {
        var shown = ChannelUrl.masked(address);
        return PlainAddress.isListed(rc, "channels", address)
                ? Check.good("channels", shown + " in " + rc.path())
                : new Check(
                        "channels",
                        Status.WARNING,
                        shown + " is not in " + rc.path()
                                + ": unless another file lists it, packages come from elsewhere",
                        "add it to channels, or name it with -c");
    }

    private static boolean isSame(String address, String other) {
        return address.replaceFirst("/$", "").equals(other.replaceFirst("/$", ""));
    }

    private static Optional<ChannelUrl> channel(String address, String end) {
        return address.endsWith(end)
                ? Optional.of(ChannelUrl.parse(address.substring(0, address.length() - end.length())))
                : Optional.empty();
    }

    private static @Nullable String pinned(RcFile rc) {
        return RcBlock.in(rc).map(RcBlock::rootSha256).orElse(null);
    }

    private static Check addsNoPip(RcFile rc) {
        var key = MambaSetup.ADDS_PIP;
        return rc.value(key).filter("false"::equals).isPresent()
                ? Check.good(key, "false in " + rc.path())
                : Check.bad(
                        key,
                        "not false in " + rc.path() + ": a python in the channel cannot be verified",
                        "set it with bulla client setup");
    }

    private static Check setting(RcFile rc, String key) {
        return rc.value(key).filter("true"::equals).isPresent()
                ? Check.good(key, "true in " + rc.path())
                : Check.bad(
                        key, "not true in " + rc.path() + ": nothing is verified", "set it with bulla client setup");
    }
}
