package dev.bulla.conda.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubdirIndexerTest {
    private static final byte[] SIGNED = "{\"k\":{\"signature\":\"s\"}}".getBytes(UTF_8);

    @TempDir
    private Path folder;

    @Test
    void records_and_signatures_become_one_document() throws IOException {
        try (var indexer = SubdirIndexer.open(folder, Subdir.parse("linux-64"))) {
            indexer.add(ArchiveName.parse("b-1-0.tar.bz2"), "{\"b\":1}".getBytes(UTF_8), SIGNED);
            indexer.add(ArchiveName.parse("a-1-0.conda"), "{\"a\":1}".getBytes(UTF_8), null);
            indexer.add(ArchiveName.parse("a-1-1.conda"), "{\"a\":2}".getBytes(UTF_8), SIGNED);
            indexer.finish();
        }
        assertEquals("""
                {"info":{"subdir":"linux-64"},"packages":{"b-1-0.tar.bz2":{"b":1}},\
                "packages.conda":{"a-1-0.conda":{"a":1},"a-1-1.conda":{"a":2}},"removed":[],"repodata_version":1,\
                "signatures":{"b-1-0.tar.bz2":{"k":{"signature":"s"}},"a-1-1.conda":{"k":{"signature":"s"}}}}""", Files.readString(folder.resolve("repodata.json")));
    }

    @Test
    void an_empty_subdir_has_an_index() throws IOException {
        var index = index(0);
        assertEquals("""
                {"info":{"subdir":"noarch"},"packages":{},"packages.conda":{},"removed":[],"repodata_version":1}""", Files.readString(index.json().path()));
        assertArrayEquals(Files.readAllBytes(index.json().path()), unpacked(index));
    }

    @Test
    void sizes_and_digests_are_those_of_the_files() throws IOException {
        var index = index(100);
        for (var file : new IndexFile[] {index.json(), index.zst()}) {
            var bytes = Files.readAllBytes(file.path());
            assertEquals(bytes.length, file.sizeBytes());
            assertEquals(Packages.sha256(bytes), file.sha256());
        }
    }

    @Test
    void the_zstd_file_is_one_frame_with_its_content_size_and_without_checksum() throws IOException {
        var index = index(20_000);
        var bytes = Files.readAllBytes(index.zst().path());
        assertArrayEquals(Files.readAllBytes(index.json().path()), unpacked(index));
        assertEquals(index.json().sizeBytes(), Zstd.getFrameContentSize(bytes));
        assertEquals(bytes.length, Zstd.findFrameCompressedSize(bytes));
        assertEquals(0, bytes[4] & 0x04);
        assertTrue(index.json().sizeBytes() > 2 << 20, "the document must be larger than one chunk");
    }

    @Test
    void the_same_records_give_the_same_bytes() throws IOException {
        assertEquals(index(3000).json().sha256(), index(3000).json().sha256());
        assertEquals(index(3000).zst().sha256(), index(3000).zst().sha256());
    }

    @Test
    void nothing_but_the_files_stays_behind() throws IOException {
        index(10);
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void an_index_that_was_not_finished_leaves_no_signatures_behind() throws IOException {
        try (var indexer = SubdirIndexer.open(folder, Subdir.NOARCH)) {
            indexer.add(name(1), record(1), SIGNED);
        }
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void records_out_of_order_are_a_fault_of_the_caller() throws IOException {
        try (var indexer = SubdirIndexer.open(folder, Subdir.NOARCH)) {
            indexer.add(name(2), record(2), SIGNED);
            assertThrows(IllegalArgumentException.class, () -> indexer.add(name(1), record(1), SIGNED));
        }
    }

    private SubdirIndex index(int records) throws IOException {
        try (var indexer = SubdirIndexer.open(folder, Subdir.NOARCH)) {
            for (var i = 0; i < records; i++) {
                indexer.add(name(i), record(i), SIGNED);
            }
            return indexer.finish();
        }
    }

    private static ArchiveName name(int number) {
        return ArchiveName.parse(String.format(Locale.ROOT, "pkg-1.0-%06d.conda", number));
    }

    private static byte[] record(int number) {
        return ("{\"build_number\":" + number + ",\"sha256\":\"" + Packages.sha256(new byte[] {(byte) number}) + "\"}")
                .getBytes(UTF_8);
    }

    private static byte[] unpacked(SubdirIndex index) throws IOException {
        return Zstd.decompress(
                Files.readAllBytes(index.zst().path()), (int) index.json().sizeBytes());
    }
}
