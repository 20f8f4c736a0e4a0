package dev.bulla.conda.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.repodata.RepodataWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes the files of one subdir from its records, given one by one: all {@code .tar.bz2} archives first, then all
 * {@code .conda} archives, file names ascending. Memory stays flat. The files are complete when {@link #finish}
 * returns; forcing them to disk and putting them in place is up to the caller. Not safe to share between threads.
 */
public final class SubdirIndexer implements AutoCloseable {
    private static final int ZSTD_LEVEL = 3;

    private final Path folder;
    private final HashedOutput json;
    private final RepodataWriter writer;
    private final SignatureSpool signatures;

    private SubdirIndexer(Path folder, HashedOutput json, RepodataWriter writer, SignatureSpool signatures) {
        this.folder = folder;
        this.json = json;
        this.writer = writer;
        this.signatures = signatures;
    }

    /** Starts the index of this subdir in an existing folder of the caller's own; files of these names are replaced. */
    public static SubdirIndexer open(Path folder, Subdir subdir) throws IOException {
        var json = HashedOutput.open(folder.resolve("repodata.json"));
        try {
            var info = "{\"subdir\":\"" + subdir + "\"}";
            var writer = RepodataWriter.begin(json.stream(), info.getBytes(UTF_8));
            return new SubdirIndexer(folder, json, writer, new SignatureSpool(folder));
        } catch (IOException e) {
            json.close();
            throw e;
        }
    }

    /**
     * Adds one record.
     *
     * @param record the bytes that the index shall contain
     * @param signed the entry of {@code signatures} for it, a JSON object; null if nobody signed it
     */
    public void add(ArchiveName archiveName, byte[] record, byte @Nullable [] signed) throws IOException {
        writer.record(archiveName.type(), archiveName.fileName(), record);
        if (signed != null) {
            signatures.add(archiveName.fileName(), signed);
        }
    }

    /** Adds the name of a file that the index no longer lists, after all records. */
    public void remove(String fileName) throws IOException {
        writer.removed(fileName);
    }

    /** Completes the files; nothing can be added any more. */
    public SubdirIndex finish() throws IOException {
        signatures.writeTo(writer);
        writer.end();
        var plain = json.finish();
        return new SubdirIndex(plain, ZstdFile.compress(plain.path(), folder.resolve("repodata.json.zst"), ZSTD_LEVEL));
    }

    /** Lets go of all files; what {@link #finish} made stays. */
    @Override
    public void close() throws IOException {
        try {
            json.close();
        } finally {
            signatures.close();
        }
    }
}
