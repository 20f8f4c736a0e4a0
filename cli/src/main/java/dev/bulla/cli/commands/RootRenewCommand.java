package dev.bulla.cli.commands;

import dev.bulla.channel.metadata.KeyFile;
import dev.bulla.channel.metadata.KeyPurpose;
import dev.bulla.cli.output.Exit;
import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Limit;
import dev.bulla.client.update.DurableFile;
import dev.bulla.client.update.FirstRoot;
import dev.bulla.client.update.Pin;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.ContentTrustException;
import dev.bulla.trust.contenttrust.Delegation;
import dev.bulla.trust.contenttrust.Envelope;
import dev.bulla.trust.contenttrust.Role;
import dev.bulla.trust.contenttrust.RoleEditor;
import dev.bulla.trust.contenttrust.RoleMetadata;
import dev.bulla.trust.contenttrust.RoleSigner;
import dev.bulla.trust.contenttrust.SeenVersions;
import dev.bulla.trust.contenttrust.SignedRole;
import dev.bulla.trust.contenttrust.TrustedRoles;
import dev.bulla.trust.contenttrust.Validity;
import dev.bulla.trust.contenttrust.VerificationRun;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * {@code bulla root renew}: signs root N+1 with the same keys and a new expiry, away from the server.
 *
 * <p>What it extends must come from somewhere that is trusted: a root file given by hand, or the server's chain checked
 * from a pinned first root. A root that anybody could have made is never signed.
 */
final class RootRenewCommand implements Command {
    private static final int MAX_KEY_FILE_BYTES = 10_000;

    private final Input<Path> key =
            Input.option("--key", Path.class, "FILE", "The root's key file, as the first start wrote it.");
    private final Input<Path> current = Input.option(
            "--current",
            Path.class,
            "FILE",
            "The newest root file (N.root.json); otherwise it is read from the server.");
    private final Input<String> rootSha256 = Input.option(
            "--root-sha256", String.class, "HEX", "The digest of the first root, to check what the server shows.");
    private final Input<Path> out =
            Input.option("--out", Path.class, "DIR", "Where N+1.root.json is written; by default here.");
    private final Input<Integer> years =
            Input.option("--years", Integer.class, "N", "How long the new root is valid; by default 3.");
    private final Input<Boolean> publish = Input.flag("--publish", "Also bring it to the server.");

    @Override
    public Form form() {
        return Form.of(
                        "renew",
                        "Signs the next root file, with the same keys and a new expiry. Run it where the key is: not on"
                                + " the server.",
                        key,
                        current,
                        rootSha256,
                        out,
                        years,
                        publish)
                .examples(
                        "bulla root renew --key KEY --root-sha256 HEX --publish",
                        "bulla root renew --key KEY --current 1.root.json --out .");
    }

    @Override
    public Exit run(BullaCommand bulla) throws IOException {
        KeyFile keyFile = keyFile();
        Instant now = bulla.surroundings().clock().instant();
        RoleMetadata before =
                current.value().isPresent() ? fromFile(current.required(), now) : fromServer(bulla, keyFile);
        requireMaySign(before, keyFile);
        Instant end =
                now.atOffset(ZoneOffset.UTC).plusYears(years.value().orElse(3)).toInstant();
        SignedRole next =
                RoleSigner.sign(RoleEditor.renewed(before, new Validity(now, end)), now, List.of(keyFile.key()));
        Path file = out.value().orElse(Path.of("")).resolve(next.fileName());
        DurableFile.write(file, next.bytes());
        boolean published = Input.isSet(publish);
        if (published) {
            Remote.of(bulla).api().send("PUT", "channels/" + keyFile.channel() + "/root", next.bytes());
        }
        var members = new LinkedHashMap<String, Object>();
        members.put("channel", keyFile.channel());
        members.put("version", next.metadata().version());
        members.put("file", file);
        members.put("sha256", next.sha256());
        members.put("expires_at", next.metadata().validity().expiration());
        members.put("published", published);
        bulla.output()
                .result(
                        members,
                        () -> List.of("signed %s: root v%d of %s, valid until %s%s"
                                .formatted(
                                        file,
                                        next.metadata().version(),
                                        keyFile.channel(),
                                        next.metadata().validity().expiration(),
                                        published
                                                ? ", published"
                                                : "; bring it to the server with bulla root publish %s --channel %s"
                                                        .formatted(file, keyFile.channel()))));
        return Exit.DONE;
    }

    private KeyFile keyFile() throws IOException {
        Path file = key.value()
                .orElseThrow(() -> new ProblemException(Code.BAD_REQUEST, "--key FILE is needed: the root's key file"));
        try (var in = Files.newInputStream(file)) {
            var parsed = KeyFile.parse(new String(in.readNBytes(MAX_KEY_FILE_BYTES + 1), StandardCharsets.UTF_8));
            if (parsed.purpose() != KeyPurpose.ROOT) {
                throw new ProblemException(Code.KEY_FILE_INVALID, file + " is not a root's key: " + parsed);
            }
            return parsed;
        } catch (NoSuchFileException e) {
            throw new ProblemException(Code.FILE_NOT_FOUND, file + ": no such file", e);
        }
    }

    /** A root given by hand is believed to be the newest; that it agrees with itself is checked. */
    private static RoleMetadata fromFile(Path file, Instant now) {
        byte[] bytes = DurableFile.read(file, (int) Limit.ROLE.maxBytes())
                .orElseThrow(() -> new ProblemException(Code.FILE_NOT_FOUND, file + ": no such file"));
        return newest(String.valueOf(file.getFileName()), bytes, List.of(), now);
    }

    /** The last root of the chain that starts at the pinned one. */
    private RoleMetadata fromServer(BullaCommand bulla, KeyFile keyFile) {
        Remote remote = Remote.of(bulla);
        ChannelUrl channel = remote.channel(keyFile.channel().text());
        Fetcher fetcher = remote.fetcher(channel);
        String digest = rootSha256
                .value()
                .orElseThrow(() -> new ProblemException(
                        Code.ROOT_NOT_PINNED,
                        "what the server shows is only signed when it follows from a known first root: give"
                                + " --root-sha256, or the newest root file with --current"));
        FirstRoot first = FirstRoot.fetch(fetcher, channel, new Pin.Digest(digest));
        var later = new ArrayList<byte[]>();
        Optional<byte[]> next = root(fetcher, channel, 2);
        while (next.isPresent()) {
            later.add(next.get());
            next = root(fetcher, channel, later.size() + 2);
        }
        first.requireFollowedBy(later);
        return newest(
                "1.root.json",
                first.bytes(),
                later,
                bulla.surroundings().clock().instant());
    }

    private static Optional<byte[]> root(Fetcher fetcher, ChannelUrl channel, int version) {
        return fetcher.bytes(channel.resolve("content-trust/" + Role.ROOT.fileName(version)), Limit.ROLE);
    }

    private static RoleMetadata newest(String fileName, byte[] bytes, List<byte[]> later, Instant now) {
        try {
            var roles = TrustedRoles.of(
                    new VerificationRun(Dialect.CONDA, now, SeenVersions.NONE), Envelope.parse(fileName, bytes));
            for (byte[] next : later) {
                roles.updateRoot(Role.ROOT.fileName(roles.root().version() + 1), next);
            }
            return roles.root();
        } catch (ContentTrustException e) {
            throw new ProblemException(Code.ROOT_NOT_CHAINED, fileName + ": " + e.getMessage(), e);
        }
    }

    /** Refuses before anything is written what nobody would accept. */
    private static void requireMaySign(RoleMetadata root, KeyFile keyFile) {
        Delegation delegation = root.delegation(Role.ROOT);
        if (!delegation.pubkeys().contains(keyFile.key().publicKey())) {
            throw new ProblemException(
                    Code.ROOT_NOT_CHAINED,
                    root.fileName() + " does not name the key " + keyFile.key().publicKey() + " as one of its own");
        }
        if (delegation.threshold() > 1) {
            throw new ProblemException(
                    Code.ROOT_NOT_CHAINED,
                    root.fileName() + " needs " + delegation.threshold() + " signatures, and one key signs here");
        }
    }
}
