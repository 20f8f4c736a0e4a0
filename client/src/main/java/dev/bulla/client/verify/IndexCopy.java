package dev.bulla.client.verify;

import com.github.luben.zstd.ZstdInputStream;
import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetched;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Limit;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.repodata.RepodataLimits;
import dev.bulla.conda.repodata.RepodataReader;
import dev.bulla.conda.repodata.RepodataVisitor;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.Dialect;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A temporary copy of the index of one subdir in one view, as clients get it: the compressed form where there is one. */
final class IndexCopy implements AutoCloseable {
    private static final String JSON = "repodata.json";
    private static final String ZST = "repodata.json.zst";
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final URI uri;
    private final boolean compressed;

    private IndexCopy(Path file, URI uri, boolean compressed) {
        this.file = file;
        this.uri = uri;
        this.compressed = compressed;
    }

    /** Fetches it; empty when the channel has no such subdir. */
    static Optional<IndexCopy> fetch(Fetcher fetcher, ChannelUrl channel, Dialect view, Subdir subdir) {
        var zst = fetch(fetcher, channel.resolve(folder(view, subdir) + ZST), true);
        return zst.isPresent() ? zst : fetch(fetcher, json(channel, view, subdir), false);
    }

    /** The folder of a subdir in a view. */
    static String folder(Dialect view, Subdir subdir) {
        return (view == Dialect.LIBMAMBA ? "libmamba/" : "") + subdir + "/";
    }

    /** The address of the index that is not compressed. */
    static URI json(ChannelUrl channel, Dialect view, Subdir subdir) {
        return channel.resolve(folder(view, subdir) + JSON);
    }

    private static Optional<IndexCopy> fetch(Fetcher fetcher, URI uri, boolean compressed) {
        return fetcher.get(uri, Limit.REPODATA, fetched -> new IndexCopy(copy(fetched), uri, compressed));
    }

    private static Path copy(Fetched fetched) {
        var file = newFile();
        var whole = false;
        try (var out = Files.newOutputStream(file)) {
            fetched.body().transferTo(out);
            whole = true;
            return file;
        } catch (IOException e) {
            throw diskError(file, e);
        } finally {
            if (!whole) {
                delete(file);
            }
        }
    }

    /**
     * Reads it from the start.
     *
     * @throws ProblemException when it is no index
     */
    void read(RepodataVisitor visitor) {
        try (var in = open()) {
            RepodataReader.read(in, RepodataLimits.DEFAULT, visitor);
        } catch (IOException e) {
            throw new ProblemException(Code.REPODATA_INVALID, uri.getPath() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Writes what it says, not compressed. */
    void writeTo(OutputStream out) {
        try (var in = open()) {
            in.transferTo(out);
        } catch (IOException e) {
            throw new ProblemException(Code.REPODATA_INVALID, uri.getPath() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private InputStream open() throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        return compressed ? new BufferedInputStream(new ZstdInputStream(in), BUFFER_BYTES) : in;
    }

    private static Path newFile() {
        try {
            return Files.createTempFile("bulla-index-", ".tmp");
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "no temporary file can be made: " + e.getMessage(), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw diskError(file, e);
        }
    }

    private static ProblemException diskError(Path file, IOException e) {
        return new ProblemException(Code.DISK_ERROR, "cannot write " + file + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        delete(file);
    }
}
