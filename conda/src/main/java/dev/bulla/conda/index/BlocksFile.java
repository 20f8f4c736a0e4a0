package dev.bulla.conda.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The file beside a document that tells where its blocks are. Numbers are big-endian, strings as in
 * {@link java.io.DataOutput}: the word {@code BULLABL1}; the document's file name; its size (8 bytes) and SHA-256; a
 * byte 1 with the same of the compressed document, or a byte 0; the place of each section (8 bytes); the number of
 * names (4 bytes); for each name, ascending, the name and for each section length and CRC-32C of its block (4 and 4
 * bytes); the SHA-256 of all before.
 */
final class BlocksFile {
    private static final byte[] MAGIC = "BULLABL1".getBytes(US_ASCII);
    private static final int DIGEST = 32;
    private static final long MAX_BYTES = 1 << 30;

    private BlocksFile() {}

    /** Writes the file; one that is there already is refused. */
    static SplicedIndex write(
            Path folder, IndexForm form, DocumentOutput.Written written, long[] starts, BlockTable table)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.write(MAGIC);
        out.writeUTF(form.fileName());
        write(out, written.json());
        var zst = written.zst();
        out.writeBoolean(zst != null);
        if (zst != null) {
            write(out, zst);
        }
        for (var start : starts) {
            out.writeLong(start);
        }
        write(out, table);
        out.write(HashedFile.sha256().digest(bytes.toByteArray()));
        try (var file = HashedFile.make(folder.resolve(form.blocksName()))) {
            file.write(ByteBuffer.wrap(bytes.toByteArray()));
            return new SplicedIndex(form, written.json(), zst, file.finish(), starts, table);
        }
    }

    private static void write(DataOutputStream out, IndexFile file) throws IOException {
        out.writeLong(file.sizeBytes());
        out.write(HexFormat.of().parseHex(file.sha256()));
    }

    private static void write(DataOutputStream out, BlockTable table) throws IOException {
        out.writeInt(table.size());
        for (var index = 0; index < table.size(); index++) {
            out.writeUTF(table.name(index));
            for (var section = 0; section < table.sections(); section++) {
                out.writeInt(table.length(index, section));
                out.writeInt(table.check(index, section));
            }
        }
    }

    /** Reads the file; the documents are not looked at. */
    static SplicedIndex read(Path folder, IndexForm form) throws IOException {
        var path = folder.resolve(form.blocksName());
        if (Files.size(path) > MAX_BYTES) {
            throw new DamagedIndexException(path + " is over " + MAX_BYTES + " bytes");
        }
        var bytes = Files.readAllBytes(path);
        var length = bytes.length - DIGEST;
        if (length < 0
                || !Arrays.equals(
                        HashedFile.sha256().digest(Arrays.copyOf(bytes, length)),
                        Arrays.copyOfRange(bytes, length, bytes.length))) {
            throw new DamagedIndexException(path + " is not what was written: its digest is another");
        }
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length))) {
            return read(folder, form, in);
        } catch (IOException | IllegalArgumentException e) {
            throw new DamagedIndexException(path + " is no table of blocks: " + e.getMessage(), e);
        }
    }

    private static SplicedIndex read(Path folder, IndexForm form, DataInputStream in) throws IOException {
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC) || !in.readUTF().equals(form.fileName())) {
            throw new IllegalArgumentException("it is of another kind");
        }
        var json = file(in, folder.resolve(form.fileName()));
        var zst = in.readBoolean() ? file(in, folder.resolve(form.compressedName())) : null;
        if ((zst != null) != form.isCompressed()) {
            throw new IllegalArgumentException("it has other files than expected");
        }
        var starts = new long[form.sections()];
        for (var section = 0; section < starts.length; section++) {
            starts[section] = in.readLong();
        }
        var table = table(in, form.sections());
        if (in.read() >= 0) {
            throw new IllegalArgumentException("more follows the end");
        }
        checkPlaces(starts, table, json.sizeBytes());
        return new SplicedIndex(form, json, zst, HashedFile.of(folder.resolve(form.blocksName())), starts, table);
    }

    private static IndexFile file(DataInputStream in, Path path) throws IOException {
        var size = in.readLong();
        var digest = new byte[DIGEST];
        in.readFully(digest);
        return new IndexFile(path, size, HexFormat.of().formatHex(digest));
    }

    private static BlockTable table(DataInputStream in, int sections) throws IOException {
        var table = new BlockTable(sections);
        for (var left = in.readInt(); left > 0; left--) {
            table.add(in.readUTF());
            for (var section = 0; section < sections; section++) {
                var length = in.readInt();
                if (length < 0) {
                    throw new IllegalArgumentException("a block of negative length");
                }
                table.set(section, length, in.readInt());
            }
        }
        return table;
    }

    private static void checkPlaces(long[] starts, BlockTable table, long sizeBytes) {
        var free = 0L;
        for (var section = 0; section < starts.length; section++) {
            if (starts[section] < free) {
                throw new IllegalArgumentException("sections that overlap");
            }
            free = starts[section] + table.sectionBytes(section);
        }
        if (free > sizeBytes) {
            throw new IllegalArgumentException("blocks after the end of the document");
        }
    }
}
