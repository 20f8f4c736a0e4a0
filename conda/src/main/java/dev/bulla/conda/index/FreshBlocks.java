package dev.bulla.conda.index;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The blocks of changed names, kept in one temporary file for each section, since the document has them in other places
 * than they come in. Not safe to share between threads.
 */
final class FreshBlocks implements AutoCloseable {
    private final BlockTable table;
    private final List<Spool> spools = new ArrayList<>();

    private FreshBlocks(IndexForm form) {
        table = new BlockTable(form.sections());
    }

    /** Blocks whose files are in this folder. */
    static FreshBlocks make(Path folder, IndexForm form) throws IOException {
        var blocks = new FreshBlocks(form);
        try {
            for (var section = 0; section < form.sections(); section++) {
                blocks.spools.add(Spool.make(folder.resolve(form.fileName() + "." + section + ".tmp")));
            }
            return blocks;
        } catch (IOException e) {
            blocks.close();
            throw e;
        }
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
            spool.out.close();
        }
        return table;
    }

    /** Opens the blocks of a section, which lie one after the other. */
    BlockReader open(int section) throws IOException {
        var spool = spools.get(section);
        return BlockReader.open(spool.path, spool.bytes);
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
        private static final int BUFFER = 1 << 16;
        private static final int COMMA = ',';

        private final Path path;
        private final OutputStream out;
        private final CRC32C crc = new CRC32C();
        private int length;
        private long bytes;

        private Spool(Path path, OutputStream out) {
            this.path = path;
            this.out = out;
        }

        static Spool make(Path path) throws IOException {
            return new Spool(path, new BufferedOutputStream(Files.newOutputStream(path), BUFFER));
        }

        void entry(byte[] key, byte[] json) throws IOException {
            var comma = length > 0 ? 1 : 0;
            length = Math.addExact(length + comma, Math.addExact(key.length, json.length));
            if (comma > 0) {
                crc.update(COMMA);
                out.write(COMMA);
            }
            append(key);
            append(json);
        }

        private void append(byte[] piece) throws IOException {
            crc.update(piece);
            out.write(piece);
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

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } finally {
                Files.deleteIfExists(path);
            }
        }
    }
}
