package dev.bulla.client.imports;

import com.github.luben.zstd.ZstdInputStream;
import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetched;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Limit;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.repodata.RepodataLimits;
import dev.bulla.conda.repodata.RepodataReader;
import dev.bulla.conda.repodata.RepodataVisitor;
import dev.bulla.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.Optional;

/**
 * The index of a subdir that a channel has: the compressed form where there is one.
 *
 * @param fetcher the door to the channel
 * @param channel its address
 */
record FoundIndex(Fetcher fetcher, ChannelUrl channel) {
    /** Those of one package name one after the other, so that the server makes each shard once. */
    static final Comparator<SourceFile> BY_PACKAGE = Comparator.<SourceFile, String>comparing(
                    file -> file.name().name().text())
            .thenComparing(file -> file.name().fileName());

    private static final int BUFFER_BYTES = 1 << 16;

    /** Reads it; false when there is none. */
    boolean read(Subdir subdir, RepodataVisitor visitor) {
        return read(subdir, ".zst", visitor).or(() -> read(subdir, "", visitor)).isPresent();
    }

    private Optional<Boolean> read(Subdir subdir, String ending, RepodataVisitor visitor) {
        var uri = channel.resolve(subdir + "/repodata.json" + ending);
        return fetcher.get(uri, Limit.REPODATA, fetched -> {
            RepodataReader.read(json(fetched, ending), RepodataLimits.DEFAULT, visitor);
            return true;
        });
    }

    private static InputStream json(Fetched fetched, String ending) throws IOException {
        var in = new BufferedInputStream(fetched.body(), BUFFER_BYTES);
        return ending.isEmpty() ? in : new BufferedInputStream(new ZstdInputStream(in), BUFFER_BYTES);
    }

    /** The name of an archive, if it is one that a channel can have. */
    static Optional<ArchiveName> archiveName(String fileName) {
        try {
            return Optional.of(ArchiveName.parse(fileName));
        } catch (ProblemException e) {
            return Optional.empty(); // a name of another kind is no package
        }
    }
}
