package dev.bulla.client.verify;

import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Patience;
import dev.bulla.client.update.ChannelTrust;
import dev.bulla.client.verify.ArtifactCheck.Digest;
import dev.bulla.client.verify.Judgement.Against;
import dev.bulla.client.verify.Judgement.Agreed;
import dev.bulla.client.verify.Judgement.Unclear;
import dev.bulla.client.verify.Verdict.Failed;
import dev.bulla.client.verify.Verdict.Verified;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Verifies package files on this machine against the signed records of a channel. */
public final class FileVerifier {
    private final Fetcher fetcher;
    private final ChannelTrust trust;
    private final Patience patience;
    private final Runnable waiting;

    /** A verifier that believes this, reads through this door, and waits in silence for as long as is usual. */
    public FileVerifier(Fetcher fetcher, ChannelTrust trust) {
        this(fetcher, trust, Patience.standard(), () -> {});
    }

    /**
     * A verifier that believes this and reads through this door.
     *
     * @param patience with an index that does not list yet what the channel has
     * @param waiting told before each pause
     */
    public FileVerifier(Fetcher fetcher, ChannelTrust trust, Patience patience, Runnable waiting) {
        this.fetcher = fetcher;
        this.trust = trust;
        this.patience = patience;
        this.waiting = waiting;
    }

    /**
     * Finds the record of the file's name and holds the file's size and SHA-256 against it. The subdir that the
     * file's folder is called after is looked at first, then all others of the channel, until one vouches for it.
     *
     * @param file a {@code .conda} or {@code .tar.bz2} file
     * @throws ProblemException FILE_NOT_FOUND, NAME_INVALID for the file; SERVER_…, DISK_ERROR when it could not be told
     */
    public Verdict verify(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ProblemException(Code.FILE_NOT_FOUND, "there is no file " + file);
        }
        var name = ArchiveName.parse(file.getFileName().toString()).fileName();
        var digest = digest(file);
        Failed failed = null;
        for (var subdir : candidates(file)) {
            var judgement =
                    new RecordLookup(fetcher, trust, subdir).judge(Set.of(name)).get(name);
            switch (judgement == null ? null : verdict(subdir, digest, judgement)) {
                case null -> {}
                case Verified verified -> {
                    return verified;
                }
                case Failed here -> failed = failed == null ? here : failed; // another subdir may have the same name
            }
        }
        return failed != null ? failed : orListedLate(file, name, digest);
    }

    /** An index that does not list the file may be older than a shard that does. */
    private Verdict orListedLate(Path file, String name, Digest digest) {
        for (var subdir : candidates(file)) {
            if (SubdirShards.list(fetcher, trust.channel(), subdir, name)) {
                return Objects.requireNonNull(
                        verifyOnceListed(subdir, Map.of(name, digest)).get(name));
            }
        }
        return unknown(Subdir.NOARCH, name);
    }

    /**
     * Holds files of one subdir, whose digests are known already, against their records; waits for an index that lists
     * them all in every view.
     *
     * @param files name to digest
     * @return a verdict for each
     */
    public Map<String, Verdict> verifyOnceListed(Subdir subdir, Map<String, Digest> files) {
        var judgements = new RecordLookup(fetcher, trust, subdir).judgeOnceListed(files.keySet(), patience, waiting);
        var verdicts = new HashMap<String, Verdict>();
        files.forEach((name, digest) -> {
            var judgement = judgements.get(name);
            verdicts.put(name, judgement == null ? unlisted(subdir, name) : verdict(subdir, digest, judgement));
        });
        return verdicts;
    }

    private Failed unknown(Subdir subdir, String name) {
        return new Failed(
                subdir, name, new Problem(Code.SIGNATURE_MISSING, trust.channel() + " has no record of " + name));
    }

    private Failed unlisted(Subdir subdir, String name) {
        var indexes = Views.of(trust).stream()
                .map(view -> IndexCopy.folder(view, subdir) + "repodata.json")
                .collect(Collectors.joining(" and "));
        return new Failed(
                subdir,
                name,
                new Problem(
                        Code.SIGNATURE_MISSING,
                        name + " is not listed in " + indexes + " of " + trust.channel() + " after "
                                + patience.longest().toSeconds() + " s"));
    }

    private static Verdict verdict(Subdir subdir, Digest digest, Judgement judgement) {
        return switch (judgement) {
            case Against against -> new Failed(subdir, against.fileName(), against.problem());
            case Unclear unclear -> new Failed(subdir, unclear.fileName(), unclear.problem());
            case Agreed agreed ->
                ArtifactCheck.problem(agreed.fileName(), digest, agreed.content())
                        .<Verdict>map(problem -> new Failed(subdir, agreed.fileName(), problem))
                        .orElseGet(() -> new Verified(
                                subdir, agreed.fileName(), agreed.evidence().withArtifact()));
        };
    }

    private Set<Subdir> candidates(Path file) {
        var all = ChannelSubdirs.of(fetcher);
        var candidates = new LinkedHashSet<Subdir>();
        var folder = file.toAbsolutePath().normalize().getParent();
        if (folder != null && folder.getFileName() != null) {
            all.stream()
                    .filter(subdir -> subdir.text().equals(String.valueOf(folder.getFileName())))
                    .forEach(candidates::add);
        }
        candidates.addAll(all);
        return candidates;
    }

    private static Digest digest(Path file) {
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            return Digest.of(in);
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
