package dev.bulla.conda.index;

import dev.bulla.conda.name.PackageName;
import dev.bulla.conda.name.Subdir;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code channeldata.json} (CEP 38) from changed packages and a predecessor, in the manner of
 * {@link RepodataSplicer}. Not safe to share between threads.
 */
public final class ChanneldataSplicer implements AutoCloseable {
    private final SpliceWriter writer;

    private ChanneldataSplicer(SpliceWriter writer) {
        this.writer = writer;
    }

    /**
     * Starts the document in a folder of the caller's own that has no such files.
     *
     * @param subdirs those of the channel, in the order in which they shall be listed
     * @param old the document to copy unchanged names from; null writes one from nothing
     * @throws DamagedIndexException the predecessor is not what was written
     */
    public static ChanneldataSplicer open(Path folder, List<Subdir> subdirs, @Nullable SplicedIndex old)
            throws IOException {
        return new ChanneldataSplicer(SpliceWriter.open(folder, Layout.channeldata(subdirs), old));
    }

    /** Says what the document shall have about a name, which comes after all before it: a JSON object. */
    public void put(PackageName name, byte[] json) throws IOException {
        writer.change(name.text());
        writer.member(0, name.text(), json);
    }

    /** Takes a name out of the document, which comes after all before it. */
    public void remove(PackageName name) {
        writer.change(name.text());
    }

    /**
     * Completes the files; putting them in place is up to the caller.
     *
     * @throws DamagedIndexException the predecessor is not what was written; no document is left
     */
    public SplicedIndex finish() throws IOException {
        return writer.finish();
    }

    /** Lets go of all files; what {@link #finish} made stays. */
    @Override
    public void close() throws IOException {
        writer.close();
    }
}
