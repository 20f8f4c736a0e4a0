package dev.bulla.client.exports;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Limit;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Whose export a folder is, as a file in it says: that of the channel with this name and this first root, wherever the
 * server is. Another folder that has something in it is left alone.
 */
final class Claim {
    /** Where files are until they are whole. */
    static final String ASIDE = ".bulla-export.tmp";

    private static final String FILE = ".bulla-export.json";
    private static final String FIRST_ROOT = "content-trust/" + Role.ROOT.fileName(1);

    private final Tree tree;
    private final byte[] text;

    private Claim(Tree tree, byte[] text) {
        this.tree = tree;
        this.text = text;
    }

    /**
     * Checks that the folder is free, or this channel's.
     *
     * @throws ProblemException BAD_REQUEST when it is not, NOT_HERE when there is no such channel
     */
    static Claim of(Path folder, ChannelUrl channel, Fetcher fetcher) {
        var root = fetcher.bytes(channel.resolve(FIRST_ROOT), Limit.ROLE)
                .orElseThrow(() -> new ProblemException(
                        Code.NOT_HERE, channel + " is no channel of a Bulla server: it has no " + FIRST_ROOT));
        var text = "{\"channel\": \"%s\", \"root_sha256\": \"%s\"}\n".formatted(channel.name(), Sha256.of(root));
        var claim = new Claim(new Tree(folder), text.getBytes(StandardCharsets.UTF_8));
        if (!claim.isMade() && !claim.isFree(folder)) {
            throw new ProblemException(
                    Code.BAD_REQUEST,
                    folder + " is not empty, and no export of " + channel + ": name a new folder, or empty this one");
        }
        return claim;
    }

    private boolean isMade() {
        return tree.isFile(FILE) && Arrays.equals(tree.bytes(FILE), text);
    }

    private boolean isFree(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        return Files.isDirectory(folder) && tree.names("").stream().allMatch((FILE + ".new")::equals);
    }

    /** Writes it down. */
    void make() {
        if (!isMade()) {
            tree.write(FILE, text);
        }
    }
}
