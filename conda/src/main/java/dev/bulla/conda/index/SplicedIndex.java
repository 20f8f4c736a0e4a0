package dev.bulla.conda.index;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A finished document that a new one can be made from: its files, and where in it the blocks of each name are. The
 * places are held in memory, some 70 bytes for each name. Immutable.
 */
public final class SplicedIndex {
    private final IndexForm form;
    private final IndexFile json;
    private final @Nullable IndexFile zst;
    private final IndexFile blocks;
    private final long[] starts;
    private final BlockTable table;

    SplicedIndex(
            IndexForm form,
            IndexFile json,
            @Nullable IndexFile zst,
            IndexFile blocks,
            long[] starts,
            BlockTable table) {
        this.form = form;
        this.json = json;
        this.zst = zst;
        this.blocks = blocks;
        this.starts = starts;
        this.table = table;
    }

    /**
     * Reads what a writer left in this folder, and holds the files against the sizes and digests that are written there.
     *
     * @throws DamagedIndexException a file is missing, or is not what was written
     */
    public static SplicedIndex read(Path folder, IndexForm form) throws IOException {
        try {
            var index = BlocksFile.read(folder, form);
            for (var file : index.documents()) {
                check(file);
            }
            return index;
        } catch (NoSuchFileException e) {
            throw new DamagedIndexException(e.getFile() + " is missing", e);
        }
    }

    private static void check(IndexFile expected) throws IOException {
        var found = HashedFile.of(expected.path());
        if (!found.equals(expected)) {
            throw new DamagedIndexException("%s has %d bytes and digest %s instead of %d and %s"
                    .formatted(
                            expected.path(),
                            found.sizeBytes(),
                            found.sha256(),
                            expected.sizeBytes(),
                            expected.sha256()));
        }
    }

    /** The document. */
    public IndexFile json() {
        return json;
    }

    /** The compressed document, where the form has one. */
    public Optional<IndexFile> zst() {
        return Optional.ofNullable(zst);
    }

    /** All files, the one with the places last, which is not to be served. */
    public List<IndexFile> files() {
        var files = documents();
        files.add(blocks);
        return files;
    }

    private List<IndexFile> documents() {
        var files = new ArrayList<IndexFile>();
        files.add(json);
        zst().ifPresent(files::add);
        return files;
    }

    /** The same, after its files were moved into this folder. */
    public SplicedIndex movedTo(Path folder) {
        return new SplicedIndex(
                form,
                json.movedTo(folder),
                zst == null ? null : zst.movedTo(folder),
                blocks.movedTo(folder),
                starts,
                table);
    }

    /** The number of package names that it has something about. */
    public int names() {
        return table.size();
    }

    /** Which document it is. */
    public IndexForm form() {
        return form;
    }

    BlockTable table() {
        return table;
    }

    /** Where this section's first block is, or would be. */
    long start(int section) {
        return starts[section];
    }
}
