package dev.bulla.conda.index;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of changed names, kept apart for each section, since the document has them in other places than they come
 * in: in memory while they are few, else in a temporary file. Not safe to share between threads.
 */
final class FreshBlocks implements AutoCloseable {
    private final BlockTable table;
    private final List<Spool> spools = new ArrayList<>();

    private FreshBlocks(IndexForm form) {
        table = new BlockTable(form.sections());
    }

    /** Blocks whose files are in this folder. */
    static FreshBlocks make(Path folder, IndexForm form) {
        var blocks = new FreshBlocks(form);
        for (var section = 0; section < form.sections(); section++) {
            blocks.spools.add(new Spool(folder.resolve(form.fileName() + "." + section + ".tmp")));
        }
        return blocks;
    }

    /** Begins the blocks of a name, which comes after all others. */
    void change(String name) {
        settle();
        table.add(name);
    }

    /** Adds an entry to the name's block; the comma before it is ours. */
    void entry(int section, byte[] key, byte[] json) throws IOException {
        if (table.size() == 0) {
            throw new IllegalStateException("an entry before any name");
        }
        spools.get(section).entry(key, json);
    }

    /** Completes the blocks; nothing can be added any more. */
    BlockTable complete() throws IOException {
        settle();
        for (var spool : spools) {
            spool.finish();
        }
        return table;
    }

    /** Opens the blocks of a section, which lie one after the other. */
    BlockReader open(int section) throws IOException {
        return spools.get(section).open();
    }

    private void settle() {
        for (var section = 0; section < spools.size(); section++) {
            spools.get(section).settle(table, section);
        }
    }

    @Override
    public void close() throws IOException {
        for (var spool : spools) {
            spool.close();
        }
    }

    private static final class Spool implements AutoCloseable {
        private static final int IN_MEMORY = 1 << 18;
        private static final int COMMA = ',';

        private final Path path;
        private final CRC32C crc = new CRC32C();
        private final ByteArrayOutputStream memory = new ByteArrayOutputStream(0);
        private @Nullable OutputStream file;
        private int length;
        private long bytes;

        private Spool(Path path) {
            this.path = path;
        }

        void entry(byte[] key, byte[] json) throws IOException {
            var comma = length > 0 ? 1 : 0;
            length = Math.addExact(length + comma, Math.addExact(key.length, json.length));
            if (comma > 0) {
                crc.update(COMMA);
                memory.write(COMMA);
            }
            append(key);
            append(json);
            if (memory.size() > IN_MEMORY) {
                spill();
            }
        }

        private void append(byte[] piece) {
            crc.update(piece);
            memory.writeBytes(piece);
        }

        private void spill() throws IOException {
            if (file == null) {
                file = Files.newOutputStream(path);
            }
            memory.writeTo(file);
            memory.reset();
        }

        /** Gives the block to the table's last name. */
        void settle(BlockTable table, int section) {
            if (length > 0) {
                table.set(section, length, (int) crc.getValue());
                bytes += length;
                length = 0;
                crc.reset();
            }
        }

        void finish() throws IOException {
            if (file != null) {
                spill();
                file.close();
            }
        }

        BlockReader open() throws IOException {
            return file == null
                    ? BlockReader.of(path, ByteBuffer.wrap(memory.toByteArray()))
                    : BlockReader.open(path, bytes);
        }

        @Override
        public void close() throws IOException {
            if (file != null) {
                try {
                    file.close();
                } finally {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
