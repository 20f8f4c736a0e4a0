package dev.bulla.conda.index;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.name.PackageName;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code repodata.json} and its compressed twin, or {@code repodata_from_packages.json}, from changed packages
 * and a predecessor: {@link #change} for each changed name, in the names' order, each followed by all that the index
 * shall say about it, then {@link #finish}. Not safe to share between threads.
 */
public final class RepodataSplicer implements AutoCloseable {
    private static final int REMOVED = 2;
    private static final int SIGNATURES = 3;
    private static final int V3_CONDA = 4;
    private static final int V3_TAR_BZ2 = 5;

    private final SpliceWriter writer;
    private final ArchiveOrder records = new ArchiveOrder();
    private final ArchiveOrder removed = new ArchiveOrder();

    private RepodataSplicer(SpliceWriter writer) {
        this.writer = writer;
    }

    /**
     * Starts a {@code repodata.json} in a folder of the caller's own that has no such files.
     *
     * @param infoJson the value of the member {@code info}
     * @param old the index to copy unchanged names from; null writes one from nothing
     * @throws DamagedIndexException the predecessor is not what was written
     */
    public static RepodataSplicer open(Path folder, byte[] infoJson, @Nullable SplicedIndex old) throws IOException {
        return open(folder, IndexForm.REPODATA, infoJson, old);
    }

    /** Starts a {@code repodata_from_packages.json} in the same manner. */
    public static RepodataSplicer openFromPackages(Path folder, byte[] infoJson, @Nullable SplicedIndex old)
            throws IOException {
        return open(folder, IndexForm.FROM_PACKAGES, infoJson, old);
    }

    private static RepodataSplicer open(Path folder, IndexForm form, byte[] infoJson, @Nullable SplicedIndex old)
            throws IOException {
        return new RepodataSplicer(SpliceWriter.open(folder, Layout.repodata(form, infoJson), old));
    }

    /** Begins a changed name, after all those before it. If nothing follows, the index is silent about the name. */
    public void change(PackageName name) {
        writer.change(name.text());
        records.begin(name);
        removed.begin(name);
    }

    /**
     * Adds one record of the changed name; file names ascend.
     *
     * @param record the bytes that the index shall contain
     * @param signed the entry of {@code signatures} for it, a JSON object; null if nobody signed it
     */
    public void record(ArchiveName archive, byte[] record, byte @Nullable [] signed) throws IOException {
        records.check(archive);
        writer.member(Layout.section(archive.type()), archive.fileName(), record);
        if (signed != null) {
            writer.member(SIGNATURES, archive.fileName(), signed);
        }
    }

    /** Adds one record of the third revision (CEP 48) of the changed name; file names ascend among all records. */
    public void revision3(ArchiveName archive, byte[] record) throws IOException {
        records.check(archive);
        writer.member(archive.type() == ArchiveType.CONDA ? V3_CONDA : V3_TAR_BZ2, archive.stem(), record);
    }

    /** Adds a file of the changed name to the list of those removed; file names ascend. */
    public void removed(ArchiveName archive) throws IOException {
        removed.check(archive);
        writer.element(REMOVED, archive.fileName());
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
