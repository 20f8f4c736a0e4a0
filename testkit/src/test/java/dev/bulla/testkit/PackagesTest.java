package dev.bulla.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the makers write is what common tools read. */
class PackagesTest {
    private static TinyPackage tiny() {
        return Packages.tiny("tiny").file("lib/liba.so.1", "code").softlink("lib/liba.so", "liba.so.1");
    }

    @Test
    void a_conda_file_is_a_zip_of_three_stored_members(@TempDir Path folder) throws IOException {
        for (var bytes : List.of(tiny().conda(), zip64())) {
            var file = Files.write(folder.resolve("tiny.conda"), bytes);
            try (var zip = new ZipFile(file.toFile())) {
                assertEquals(3, zip.size());
                var info = zip.getInputStream(zip.getEntry("info-tiny-1.0-0.tar.zst"))
                        .readAllBytes();
                assertEquals(List.of("info/index.json", "info/paths.json"), names(unzstd(info)));
                var payload = zip.getInputStream(zip.getEntry("pkg-tiny-1.0-0.tar.zst"))
                        .readAllBytes();
                assertEquals(
                        List.of("share/tiny/hello.txt", "lib/liba.so.1", "lib/liba.so -> liba.so.1"),
                        names(unzstd(payload)));
            }
        }
    }

    private static byte[] zip64() {
        return new ZipBytes()
                .zip64()
                .stored("metadata.json", new byte[0])
                .stored(
                        "pkg-tiny-1.0-0.tar.zst",
                        Packages.zstd(tiny().payloadTar().bytes()))
                .stored(
                        "info-tiny-1.0-0.tar.zst",
                        Packages.zstd(tiny().infoTar().bytes()))
                .bytes();
    }

    @Test
    void a_tar_bz2_file_holds_info_first_and_then_the_payload() throws IOException {
        try (var in = new BZip2CompressorInputStream(new ByteArrayInputStream(tiny().tarBz2()))) {
            assertEquals(
                    List.of(
                            "info/index.json",
                            "info/paths.json",
                            "share/tiny/hello.txt",
                            "lib/liba.so.1",
                            "lib/liba.so -> liba.so.1"),
                    names(in));
        }
    }

    @Test
    void long_names_are_read_back() throws IOException {
        var path = "d/".repeat(70) + "é";
        var tar = new TarBytes().file(path, "x").softlink("link", path);
        assertEquals(List.of(path, "link -> " + path), names(new ByteArrayInputStream(tar.bytes())));
    }

    @Test
    void the_same_package_is_the_same_bytes() {
        assertArrayEquals(tiny().conda(), tiny().conda());
        assertArrayEquals(tiny().tarBz2(), tiny().tarBz2());
        assertNotEquals(
                Packages.sha256(tiny().conda()),
                Packages.sha256(tiny().build("1", 1).conda()));
    }

    @Test
    void keys_are_the_same_in_every_run_and_differ_by_label() {
        assertEquals(TestKeys.of("root").publicKey(), TestKeys.root().publicKey());
        var all = new TreeMap<String, String>();
        for (var key : List.of(TestKeys.root(), TestKeys.keyMgr(), TestKeys.pkgMgr(), TestKeys.stranger())) {
            all.put(key.publicKey().hex(), "");
        }
        assertEquals(4, all.size());
        assertTrue(all.containsKey(TestKeys.root().publicKey().hex()));
    }

    private static InputStream unzstd(byte[] bytes) {
        return new ByteArrayInputStream(Zstd.decompress(bytes, (int) Zstd.getFrameContentSize(bytes)));
    }

    private static List<String> names(InputStream in) throws IOException {
        var names = new ArrayList<String>();
        var tar = new TarArchiveInputStream(in, UTF_8.name());
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            names.add(entry.getName() + (entry.isSymbolicLink() ? " -> " + entry.getLinkName() : ""));
        }
        return names;
    }
}
