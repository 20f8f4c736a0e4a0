package dev.bulla.conda.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.conda.index.Layout.Section;
import dev.bulla.conda.json.JsonMembers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a document of blocks: those of changed names as they were told, all others copied from a predecessor, each
 * held against its check. Without predecessor it consists of what was told. Not safe to share between threads.
 */
final class SpliceWriter implements AutoCloseable {
    private static final byte[] COMMA = {','};

    private final Path folder;
    private final Layout layout;
    private final @Nullable SplicedIndex old;
    private final @Nullable BlockReader oldBlocks;
    private final FreshBlocks fresh;

    private SpliceWriter(Path folder, Layout layout, @Nullable SplicedIndex old, @Nullable BlockReader oldBlocks) {
        this.folder = folder;
        this.layout = layout;
        this.old = old;
        this.oldBlocks = oldBlocks;
        this.fresh = FreshBlocks.make(folder, layout.form());
    }

    /** Starts a document in a folder that has none of this form. The predecessor's file may be unlinked from now on. */
    static SpliceWriter open(Path folder, Layout layout, @Nullable SplicedIndex old) throws IOException {
        if (old == null) {
            return new SpliceWriter(folder, layout, null, null);
        }
        if (old.form() != layout.form()) {
            throw new IllegalArgumentException("a " + layout.form() + " cannot be made from a " + old.form());
        }
        var blocks = BlockReader.open(old.json().path(), old.json().sizeBytes());
        return new SpliceWriter(folder, layout, old, blocks);
    }

    /** Begins a changed name, which comes after all others; without entries the document has it no more. */
    void change(String name) {
        fresh.change(name);
    }

    /** Adds a member to the changed name's block in this section, whose value is a JSON object. */
    void member(int section, String key, byte[] json) throws IOException {
        if (json.length < 2 || json[0] != '{' || json[json.length - 1] != '}') {
            throw new IllegalArgumentException("not a JSON object: " + key);
        }
        add(section, JsonMembers.quoted(key) + ":", json);
    }

    /** Adds a string to the changed name's block in this section. */
    void element(int section, String text) throws IOException {
        add(section, JsonMembers.quoted(text), new byte[0]);
    }

    private void add(int section, String key, byte[] json) throws IOException {
        fresh.entry(section, key.getBytes(UTF_8), json);
    }

    /** Completes the files. */
    SplicedIndex finish() throws IOException {
        var form = layout.form();
        var freshTable = fresh.complete();
        var merge = Merge.of(old == null ? new BlockTable(form.sections()) : old.table(), freshTable);
        var texts = layout.around(merge.table());
        var starts = new long[form.sections()];
        try (var out = DocumentOutput.make(folder, form, size(merge.table(), texts))) {
            out.put(layout.headUtf8());
            for (var section = 0; section < starts.length; section++) {
                out.put(texts.get(section).openUtf8());
                starts[section] = out.position();
                copy(merge, freshTable, section, out);
                out.put(texts.get(section).closeUtf8());
            }
            out.put(layout.tailUtf8());
            var written = out.finish();
            return BlocksFile.write(folder, form, written, starts, merge.table());
        }
    }

    private long size(BlockTable table, List<Section> texts) {
        var size = (long) layout.headUtf8().length + layout.tailUtf8().length;
        for (var section = 0; section < texts.size(); section++) {
            var text = texts.get(section);
            size += text.openUtf8().length;
            size += table.sectionBytes(section);
            size += text.closeUtf8().length;
        }
        return size;
    }

    private void copy(Merge merge, BlockTable freshTable, int section, DocumentOutput out) throws IOException {
        var table = merge.table();
        try (var freshBlocks = fresh.open(section)) {
            var freshAt = new BlockCursor(freshTable, section, 0, 0);
            var oldAt = old == null ? freshAt : new BlockCursor(old.table(), section, old.start(section), COMMA.length);
            var start = out.position();
            for (var index = 0; index < table.size(); index++) {
                var length = table.length(index, section);
                if (length == 0) {
                    continue;
                }
                if (out.position() > start) {
                    out.put(COMMA);
                }
                var pick = merge.picks()[index];
                var check = table.check(index, section);
                if (pick < 0) {
                    freshBlocks.copy(freshAt.seek(~pick), length, check, out);
                } else {
                    Objects.requireNonNull(oldBlocks).copy(oldAt.seek(pick), length, check, out);
                }
            }
        }
    }

    /** Lets go of all files; what {@link #finish} made stays, what it did not complete goes away. */
    @Override
    public void close() throws IOException {
        try {
            fresh.close();
        } finally {
            if (oldBlocks != null) {
                oldBlocks.close();
            }
        }
    }
}
