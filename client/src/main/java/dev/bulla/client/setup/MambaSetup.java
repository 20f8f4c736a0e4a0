package dev.bulla.client.setup;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Limit;
import dev.bulla.client.update.DurableFile;
import dev.bulla.client.update.FirstRoot;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Makes the mamba of a root prefix verify a channel, at its address for libmamba: the first root at {@code
 * etc/trusted-repos/ID/root.json}, and {@code verify_artifacts}, {@code trusted_channels} and the channel in {@code
 * .mambarc}. The plain address must be nowhere in the settings that mamba reads: packages found there cannot be verified
 * by it.
 */
public final class MambaSetup {
    /** What mamba reads in its root prefix. */
    static final List<String> SETTINGS_FILES = List.of(".mambarc", ".condarc", "condarc");

    /** When it is on, mamba adds a dependency to the records of python, and then their signatures do not fit. */
    static final String ADDS_PIP = "add_pip_as_python_dependency";

    private final Path root;
    private final ChannelUrl channel;

    /** The setup of the mamba or micromamba with this root prefix; the folder may be missing. */
    public MambaSetup(Path root, ChannelUrl channel) {
        this.root = root.toAbsolutePath().normalize();
        this.channel = channel;
    }

    /** The address under which mamba can verify the channel. */
    static String verifiedAddress(ChannelUrl channel) {
        return channel.resolve("libmamba").toString();
    }

    /** Where a root prefix keeps the trusted root of the channel: the first 8 hex digits of the MD5 of its address name the folder. */
    static Path rootFile(Path root, ChannelUrl channel) {
        var address = verifiedAddress(channel) + "/";
        try {
            var md5 = MessageDigest.getInstance("MD5").digest(address.getBytes(StandardCharsets.UTF_8));
            var id = HexFormat.of().formatHex(md5, 0, 4);
            return root.resolve("etc/trusted-repos").resolve(id).resolve("root.json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    /**
     * What is to be done so that mamba trusts this root and verifies the channel.
     *
     * @throws ProblemException SETUP_CONFLICT when another root or setting is in the way
     */
    public Plan install(FirstRoot first) {
        var rc = rcFile();
        var block = RcBlock.in(rc);
        block.ifPresent(ours -> Settings.requireSame(rc, ours, channel.uri().toString(), first.sha256()));
        SETTINGS_FILES.forEach(this::refusePlainAddress);
        var installed = DurableFile.read(rootFile(), (int) Limit.ROLE.maxBytes());
        if (installed.isPresent() && !Arrays.equals(installed.get(), first.bytes())) {
            throw new ProblemException(
                    Code.SETUP_CONFLICT, rootFile() + " is in the way: another root is installed for this channel");
        }
        var origin = block.orElseGet(() -> new RcBlock(
                channel.uri().toString(),
                first.sha256(),
                installed.isEmpty(),
                Folders.missing(folder(), root),
                !rc.exists(),
                List.of()));
        var changes = new ArrayList<Plan.Change>();
        if (installed.isEmpty()) {
            changes.add(new Plan.Write(
                    rootFile(), "the first root, sha256 " + first.sha256(), new Plan.Content(first.bytes()), false));
        }
        RcEdit.install(rc, settings(), origin).ifPresent(changes::add);
        return new Plan(changes);
    }

    /**
     * What is to be done so that nothing of {@link #install} is left.
     *
     * @throws ProblemException SETUP_CONFLICT when the block was edited or belongs to another channel
     */
    public Plan remove() {
        var rc = rcFile();
        var block = RcBlock.in(rc);
        if (block.isEmpty()) {
            return new Plan(List.of());
        }
        Settings.requireSame(
                rc, block.get(), channel.uri().toString(), block.get().rootSha256());
        var changes = new ArrayList<Plan.Change>();
        changes.add(RcEdit.remove(rc, settings(), block.get()));
        if (block.get().rootMade()) {
            changes.add(new Plan.Delete(rootFile(), "the first root"));
        }
        changes.addAll(Folders.removal(folder(), block.get().foldersMade()));
        return new Plan(changes);
    }

    private RcFile rcFile() {
        return RcFile.read(root.resolve(".mambarc"));
    }

    private Path rootFile() {
        return rootFile(root, channel);
    }

    private Path folder() {
        return root.resolve(root.relativize(rootFile()).subpath(0, 3));
    }

    private Settings settings() {
        var address = verifiedAddress(channel);
        var values = new LinkedHashMap<String, String>();
        values.put("verify_artifacts", "true");
        values.put(ADDS_PIP, "false");
        var entries = new LinkedHashMap<String, String>();
        entries.put("trusted_channels", address);
        entries.put("channels", address);
        return new Settings(values, entries);
    }

    private void refusePlainAddress(String fileName) {
        var file = RcFile.read(root.resolve(fileName)).withoutOurs();
        PlainAddress.in(file, channel).ifPresent(word -> {
            throw new ProblemException(
                    Code.SETUP_CONFLICT,
                    file.path() + " names " + ChannelUrl.masked(word) + ", which mamba cannot verify: replace it by "
                            + ChannelUrl.masked(verifiedAddress(channel)));
        });
    }
}
