package dev.bulla.conda.index;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.PackageName;
import dev.bulla.conda.name.Subdir;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code run_exports.json} (CEP 12) and its compressed twin from changed packages and a predecessor, in the
 * manner of {@link RepodataSplicer}. Every file of the unpatched index has an entry. Not safe to share between threads.
 */
public final class RunExportsSplicer implements AutoCloseable {
    private static final byte[] BEFORE = {'{', '"', 'r', 'u', 'n', '_', 'e', 'x', 'p', 'o', 'r', 't', 's', '"', ':'};

    private final SpliceWriter writer;
    private final ArchiveOrder archives = new ArchiveOrder();

    private RunExportsSplicer(SpliceWriter writer) {
        this.writer = writer;
    }

    /**
     * Starts the document in a folder of the caller's own that has no such files.
     *
     * @param old the document to copy unchanged names from; null writes one from nothing
     * @throws DamagedIndexException the predecessor is not what was written
     */
    public static RunExportsSplicer open(Path folder, Subdir subdir, @Nullable SplicedIndex old) throws IOException {
        return new RunExportsSplicer(SpliceWriter.open(folder, Layout.runExports(subdir), old));
    }

    /** Begins a changed name, after all those before it. If nothing follows, the document is silent about it. */
    public void change(PackageName name) {
        writer.change(name.text());
        archives.begin(name);
    }

    /**
     * Adds one file of the changed name; file names ascend.
     *
     * @param runExports a JSON object, <code>{}</code> for a package that has none
     */
    public void runExports(ArchiveName archive, byte[] runExports) throws IOException {
        archives.check(archive);
        var item = new byte[BEFORE.length + runExports.length + 1];
        System.arraycopy(BEFORE, 0, item, 0, BEFORE.length);
        System.arraycopy(runExports, 0, item, BEFORE.length, runExports.length);
        item[item.length - 1] = '}';
        writer.member(Layout.section(archive.type()), archive.fileName(), item);
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
