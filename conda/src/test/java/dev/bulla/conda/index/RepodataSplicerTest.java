package dev.bulla.conda.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.name.PackageName;
import dev.bulla.conda.repodata.RepodataLimits;
import dev.bulla.conda.repodata.RepodataReader;
import dev.bulla.conda.repodata.RepodataVisitor;
import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepodataSplicerTest {
    private static final byte[] INFO = "{\"subdir\":\"linux-64\"}".getBytes(UTF_8);
    private static final byte[] SIGNED = "{\"k\":{\"signature\":\"s\"}}".getBytes(UTF_8);

    @TempDir
    private Path folder;

    @Test
    void records_are_ordered_by_package_name_and_then_by_file_name() throws IOException {
        try (var splicer = RepodataSplicer.open(folder, INFO, null)) {
            splicer.change(name("a"));
            splicer.record(archive("a-1-0.conda"), json("{\"a\":1}"), null);
            splicer.record(archive("a-1-0.tar.bz2"), json("{\"a\":2}"), SIGNED);
            splicer.removed(archive("a-0-0.conda"));
            splicer.change(name("a-b"));
            splicer.record(archive("a-b-1-0.conda"), json("{\"b\":1}"), SIGNED);
            splicer.finish();
        }
        assertEquals("""
                {"info":{"subdir":"linux-64"},"packages":{"a-1-0.tar.bz2":{"a":2}},\
                "packages.conda":{"a-1-0.conda":{"a":1},"a-b-1-0.conda":{"b":1}},"removed":["a-0-0.conda"],\
                "repodata_version":1,"signatures":{"a-1-0.tar.bz2":{"k":{"signature":"s"}},\
                "a-b-1-0.conda":{"k":{"signature":"s"}}}}""", Files.readString(folder.resolve("repodata.json")));
    }

    @Test
    void an_empty_subdir_has_an_index() throws IOException {
        var index = new SplicedChannel().write(folder, null);
        assertEquals("""
                {"info":{"subdir":"linux-64"},"packages":{},"packages.conda":{},"removed":[],"repodata_version":1}""", Files.readString(index.json().path()));
        assertArrayEquals(Files.readAllBytes(index.json().path()), unpacked(index));
    }

    @Test
    void records_of_the_third_revision_have_maps_of_their_own() throws IOException {
        try (var splicer = RepodataSplicer.open(folder, INFO, null)) {
            splicer.change(name("a"));
            splicer.revision3(archive("a-1-0.conda"), json("{\"schema_version\":3}"));
            splicer.finish();
        }
        assertEquals("""
                {"info":{"subdir":"linux-64"},"packages":{},"packages.conda":{},"removed":[],"repodata_version":1,\
                "v3":{"conda":{"a-1-0":{"schema_version":3}},"tar.bz2":{}}}""", Files.readString(folder.resolve("repodata.json")));
    }

    @Test
    void the_index_before_patches_is_not_compressed() throws IOException {
        try (var splicer = RepodataSplicer.openFromPackages(folder, INFO, null)) {
            splicer.change(name("a"));
            splicer.record(archive("a-1-0.conda"), json("{}"), null);
            var files = splicer.finish().files();
            assertEquals(
                    List.of("repodata_from_packages.json", "repodata_from_packages.json.blocks"),
                    files.stream()
                            .map(file -> file.path().getFileName().toString())
                            .toList());
        }
    }

    @Test
    void sizes_and_digests_are_those_of_the_files() throws IOException {
        for (var file : SplicedChannel.random(1, 50).write(folder, null).files()) {
            var bytes = Files.readAllBytes(file.path());
            assertEquals(bytes.length, file.sizeBytes());
            assertEquals(Packages.sha256(bytes), file.sha256());
        }
    }

    @Test
    void the_zstd_file_is_one_frame_with_its_content_size_and_without_checksum() throws IOException {
        var index = SplicedChannel.random(1, 3000).write(folder, null);
        var packed = Files.readAllBytes(index.zst().orElseThrow().path());
        assertTrue(index.json().sizeBytes() > 1 << 20);
        assertEquals(index.json().sizeBytes(), Zstd.getFrameContentSize(packed));
        assertEquals(packed.length, Zstd.findFrameCompressedSize(packed));
        assertEquals(0, packed[4] & 0x04);
        assertArrayEquals(Files.readAllBytes(index.json().path()), unpacked(index));
    }

    @Test
    void whatever_is_added_changed_and_removed_step_by_step_gives_the_bytes_of_an_index_from_nothing()
            throws IOException {
        for (var seed = 0; seed < 12; seed++) {
            var random = new Random(seed);
            var channel = new SplicedChannel();
            @Nullable SplicedIndex index = null;
            for (var step = 0; step < 12; step++) {
                channel.change(random);
                var target = newFolder();
                var spliced = channel.write(target, index);
                var fresh = channel.copy().write(newFolder(), null);
                for (var file = 0; file < 3; file++) {
                    var about = "seed " + seed + ", step " + step;
                    assertEquals(
                            -1L,
                            Files.mismatch(
                                    fresh.files().get(file).path(),
                                    spliced.files().get(file).path()),
                            about);
                    assertEquals(
                            fresh.files().get(file).sha256(),
                            spliced.files().get(file).sha256(),
                            about);
                }
                // every other step goes on from what is on disk
                index = step % 2 == 0 ? spliced : SplicedIndex.read(target, IndexForm.REPODATA);
            }
        }
    }

    @Test
    void a_reader_of_indexes_finds_all_that_was_spliced() throws IOException {
        var channel = SplicedChannel.random(7, 40);
        var first = channel.write(newFolder(), null);
        channel.change(new Random(8));
        var found = new Found();
        try (var in =
                Files.newInputStream(channel.write(newFolder(), first).json().path())) {
            RepodataReader.read(in, RepodataLimits.DEFAULT, found);
        }
        assertEquals(channel.told(), found.told);
    }

    @Test
    void no_temporary_file_is_left() throws IOException {
        SplicedChannel.random(1, 5).write(folder, null);
        assertEquals(3, fileCount(folder));
    }

    @Test
    void names_and_files_that_do_not_ascend_are_refused() throws IOException {
        try (var splicer = RepodataSplicer.open(folder, INFO, null)) {
            assertThrows(IllegalArgumentException.class, () -> splicer.record(archive("b-1-0.conda"), INFO, null));
            splicer.change(name("b"));
            assertThrows(IllegalArgumentException.class, () -> splicer.change(name("b")));
            assertThrows(IllegalArgumentException.class, () -> splicer.change(name("a")));
            assertThrows(IllegalArgumentException.class, () -> splicer.record(archive("c-1-0.conda"), INFO, null));
            splicer.record(archive("b-1-1.conda"), INFO, null);
            assertThrows(IllegalArgumentException.class, () -> splicer.record(archive("b-1-0.conda"), INFO, null));
            assertThrows(IllegalArgumentException.class, () -> splicer.record(archive("b-1-2.conda"), json("1"), null));
        }
    }

    @Test
    void an_index_is_never_written_over_another() throws IOException {
        var channel = SplicedChannel.random(1, 5);
        var index = channel.write(folder, null);
        var before = Files.readAllBytes(index.json().path());
        channel.change(new Random(2));
        assertThrows(FileAlreadyExistsException.class, () -> channel.write(folder, index));
        assertArrayEquals(before, Files.readAllBytes(index.json().path()));
    }

    @Test
    void an_index_of_another_form_is_no_predecessor() throws IOException {
        var index = SplicedChannel.random(1, 5).write(folder, null);
        assertThrows(IllegalArgumentException.class, () -> RepodataSplicer.openFromPackages(newFolder(), INFO, index));
    }

    @Test
    void a_predecessor_may_be_unlinked_once_the_splice_has_begun() throws IOException {
        var index = SplicedChannel.random(1, 5).write(folder, null);
        var before = Files.readAllBytes(index.json().path());
        try (var splicer = RepodataSplicer.open(newFolder(), INFO, index)) {
            Files.delete(index.json().path());
            assertArrayEquals(before, Files.readAllBytes(splicer.finish().json().path()));
        }
    }

    @Test
    void every_damaged_byte_of_a_predecessor_is_found_when_it_is_read() throws IOException {
        var index = SplicedChannel.random(3, 4).write(folder, null);
        for (var file : index.files()) {
            var bytes = Files.readAllBytes(file.path());
            for (var at = 0; at < bytes.length; at += 7) {
                bytes[at] ^= 1;
                Files.write(file.path(), bytes);
                assertThrows(DamagedIndexException.class, () -> SplicedIndex.read(folder, IndexForm.REPODATA));
                bytes[at] ^= 1;
            }
            Files.write(file.path(), bytes);
        }
        assertEquals(
                index.files(), SplicedIndex.read(folder, IndexForm.REPODATA).files());
    }

    @Test
    void a_truncated_or_missing_file_of_a_predecessor_is_found_when_it_is_read() throws IOException {
        var index = SplicedChannel.random(3, 4).write(folder, null);
        for (var file : index.files()) {
            var bytes = Files.readAllBytes(file.path());
            for (var length : new int[] {0, 1, 20, bytes.length / 2, bytes.length - 1}) {
                Files.write(file.path(), Arrays.copyOf(bytes, length));
                assertThrows(DamagedIndexException.class, () -> SplicedIndex.read(folder, IndexForm.REPODATA));
            }
            Files.delete(file.path());
            assertThrows(DamagedIndexException.class, () -> SplicedIndex.read(folder, IndexForm.REPODATA));
            Files.write(file.path(), bytes);
        }
    }

    @Test
    void a_predecessor_that_was_damaged_after_it_was_read_leaves_no_index() throws IOException {
        var index = SplicedChannel.random(3, 40).write(folder, null);
        var text = Files.readString(index.json().path(), UTF_8);
        Files.writeString(index.json().path(), text.replaceFirst("\"size\":1", "\"size\":2"));
        var target = newFolder();
        try (var splicer = RepodataSplicer.open(target, INFO, index)) {
            splicer.change(name("zzz"));
            splicer.record(archive("zzz-1-0.conda"), json("{}"), null);
            assertThrows(DamagedIndexException.class, splicer::finish);
        }
        assertEquals(0, fileCount(target));
        Files.writeString(index.json().path(), text + " ");
        assertThrows(DamagedIndexException.class, () -> RepodataSplicer.open(target, INFO, index));
        Files.delete(index.json().path());
        assertThrows(DamagedIndexException.class, () -> RepodataSplicer.open(target, INFO, index));
        assertEquals(0, fileCount(target));
    }

    @Test
    void an_index_that_is_given_up_leaves_nothing() throws IOException {
        try (var splicer = RepodataSplicer.open(folder, INFO, null)) {
            splicer.change(name("a"));
            splicer.record(archive("a-1-0.conda"), json("{}"), null);
        }
        assertFalse(Files.exists(folder.resolve("repodata.json")));
        assertEquals(0, fileCount(folder));
    }

    private static long fileCount(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.count();
        }
    }

    private Path newFolder() throws IOException {
        return Files.createTempDirectory(folder, "generation");
    }

    private static PackageName name(String text) {
        return PackageName.parse(text);
    }

    private static ArchiveName archive(String fileName) {
        return ArchiveName.parse(fileName);
    }

    private static byte[] json(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] unpacked(SplicedIndex index) throws IOException {
        return Zstd.decompress(Files.readAllBytes(index.zst().orElseThrow().path()), (int)
                index.json().sizeBytes());
    }

    private static final class Found implements RepodataVisitor {
        private final TreeSet<String> told = new TreeSet<>();

        @Override
        public void record(ArchiveType section, String fileName, byte[] json) {
            assertTrue(fileName.endsWith(section.extension()));
            told.add(fileName + " is " + new String(json, UTF_8));
        }

        @Override
        public void signatures(String fileName, byte[] json) {
            told.add(fileName + " signed " + new String(json, UTF_8));
        }

        @Override
        public void removed(String fileName) {
            told.add(fileName + " removed");
        }
    }
}
