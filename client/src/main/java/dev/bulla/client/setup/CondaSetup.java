package dev.bulla.client.setup;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.update.FirstRoot;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Makes the conda of a base prefix verify a channel: the first root at {@code etc/conda/1.root.json}, and {@code
 * extra_safety_checks}, {@code signing_metadata_url_base} and the channel in {@code .condarc}. conda has one sequence of
 * roots and one base address for a whole installation, so a prefix serves one channel.
 */
public final class CondaSetup {
    private final Path prefix;
    private final ChannelUrl channel;
    private final CondaRoots roots;

    /** The setup of the conda that runs from this prefix (its {@code sys.prefix}, usually the base environment). */
    public CondaSetup(Path prefix, ChannelUrl channel) {
        this.prefix = prefix.toAbsolutePath().normalize();
        this.channel = channel;
        this.roots = new CondaRoots(this.prefix.resolve("etc/conda"));
        if (!Files.isDirectory(this.prefix.resolve("conda-meta"))) {
            throw new ProblemException(
                    Code.FILE_NOT_FOUND, this.prefix + " is no conda prefix: it has no folder conda-meta");
        }
    }

    /** Where conda finds the trust files of a channel. */
    static String signingBase(ChannelUrl channel) {
        return channel.resolve("content-trust").toString();
    }

    /**
     * What is to be done so that conda trusts this root and verifies the channel.
     *
     * @throws ProblemException SETUP_CONFLICT when another root or setting is in the way
     */
    public Plan install(FirstRoot root) {
        var rc = rcFile();
        var block = RcBlock.in(rc);
        block.ifPresent(ours -> Settings.requireSame(rc, ours, address(), root.sha256()));
        refuseSharedWithMamba();
        roots.requireFree(root);
        var installed = roots.isInstalled(root);
        var origin = block.orElseGet(() -> new RcBlock(
                address(),
                root.sha256(),
                !installed,
                Folders.missing(roots.folder(), prefix),
                !rc.exists(),
                List.of()));
        var changes = new ArrayList<Plan.Change>();
        if (!installed) {
            changes.add(new Plan.Write(
                    roots.file(1), "the first root, sha256 " + root.sha256(), new Plan.Content(root.bytes()), false));
        }
        RcEdit.install(rc, settings(), origin).ifPresent(changes::add);
        return new Plan(changes);
    }

    /**
     * What is to be done so that nothing of {@link #install} is left: the settings, the first root, and the later roots
     * and the key_mgr file that conda has fetched because of it.
     *
     * @throws ProblemException SETUP_CONFLICT when the block was edited or belongs to another channel
     */
    public Plan remove() {
        var rc = rcFile();
        var block = RcBlock.in(rc);
        if (block.isEmpty()) {
            return new Plan(List.of());
        }
        Settings.requireSame(rc, block.get(), address(), block.get().rootSha256());
        var changes = new ArrayList<Plan.Change>();
        changes.add(RcEdit.remove(rc, settings(), block.get()));
        if (block.get().rootMade()) {
            changes.addAll(roots.removal(block.get().rootSha256()));
        }
        changes.addAll(Folders.removal(roots.folder(), block.get().foldersMade()));
        return new Plan(changes);
    }

    private RcFile rcFile() {
        return RcFile.read(prefix.resolve(".condarc"));
    }

    private String address() {
        return channel.uri().toString();
    }

    private Settings settings() {
        var values = new LinkedHashMap<String, String>();
        values.put("extra_safety_checks", "true");
        values.put("signing_metadata_url_base", signingBase(channel));
        var entries = new LinkedHashMap<String, String>();
        entries.put("channels", address());
        return new Settings(values, entries);
    }

    /** mamba reads its root's {@code .condarc} too, and would be given the plain address by it. */
    private void refuseSharedWithMamba() {
        var mamba = RcFile.read(prefix.resolve(".mambarc"));
        if (mamba.value("verify_artifacts").filter("true"::equals).isPresent()
                && mamba.list("trusted_channels").contains(MambaSetup.verifiedAddress(channel))) {
            throw new ProblemException(
                    Code.SETUP_CONFLICT,
                    prefix + " is also a mamba root that verifies this channel: it reads the same .condarc, and "
                            + channel + " there would defeat it; use a prefix of its own for one of them");
        }
    }
}
