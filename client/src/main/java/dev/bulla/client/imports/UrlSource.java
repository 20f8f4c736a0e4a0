package dev.bulla.client.imports;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetched;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Limit;
import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.repodata.RepodataVisitor;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A channel at an address. Its index says which packages there are; each is downloaded to a temporary folder and must have
 * the SHA-256 that the index gives it, where it gives one: what was damaged on the way is not imported.
 */
public final class UrlSource implements ImportSource {
    private final Fetcher fetcher;
    private final ChannelUrl channel;
    private final Path temporary;
    private final FoundIndex index;

    /**
     * The channel at this address.
     *
     * @param temporary a folder for downloads
     */
    public UrlSource(Fetcher fetcher, ChannelUrl channel, Path temporary) {
        this.fetcher = fetcher;
        this.channel = channel;
        this.temporary = temporary;
        this.index = new FoundIndex(fetcher, channel);
    }

    @Override
    public String name() {
        return channel.toString();
    }

    @Override
    public List<Subdir> subdirs() {
        return Subdir.KNOWN;
    }

    @Override
    public List<SourceFile> files(Subdir subdir) {
        var files = new ArrayList<SourceFile>();
        index.read(subdir, new RepodataVisitor() {
            @Override
            public void record(ArchiveType section, String fileName, byte[] json) {
                file(subdir, fileName, json).ifPresent(files::add);
            }
        });
        files.sort(FoundIndex.BY_PACKAGE);
        return files;
    }

    private static Optional<SourceFile> file(Subdir subdir, String fileName, byte[] json) {
        return FoundIndex.archiveName(fileName).map(name -> {
            try {
                var record = JsonMembers.parse(json, JsonBounds.SMALL);
                var size = record.integer("size").orElse(0L);
                return new SourceFile(
                        subdir, name, size, record.string("sha256").orElse(null));
            } catch (InvalidJsonException e) {
                throw new ProblemException(Code.REPODATA_INVALID, "the record of " + name + ": " + e.getMessage(), e);
            }
        });
    }

    @Override
    public Path open(SourceFile file) {
        var local = temporary.resolve(file.subdir() + "+" + file.name());
        var sha256 = fetcher.get(channel.resolve(file.path()), Limit.ARTIFACT, fetched -> save(fetched, local))
                .orElseThrow(() -> new ProblemException(
                        Code.NOT_HERE, channel + " lists " + file.path() + ", but has no such file"));
        if (file.sha256() != null && !file.sha256().equals(sha256)) {
            done(file, local);
            throw new ProblemException(
                    Code.HASH_MISMATCH,
                    file.path() + " came with SHA-256 " + sha256 + ", its index says " + file.sha256());
        }
        return local;
    }

    private static String save(Fetched fetched, Path local) throws IOException {
        try (var in = new DigestInputStream(fetched.body(), sha256());
                OutputStream out = open(local)) {
            in.transferTo(out);
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    private static OutputStream open(Path local) {
        try {
            return Files.newOutputStream(local);
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "cannot write " + local + ": " + e.getMessage(), e);
        }
    }

    @Override
    public int openAtOnce() {
        return 8;
    }

    @Override
    public void done(SourceFile file, Path local) {
        try {
            Files.deleteIfExists(local);
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "cannot remove " + local + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean readIndex(Subdir subdir, RepodataVisitor visitor) {
        return index.read(subdir, visitor);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
