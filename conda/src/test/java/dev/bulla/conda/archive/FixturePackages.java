package dev.bulla.conda.archive;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.bulla.testkit.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** The real packages among the fixtures, and a second, trusting way to look into one. */
public final class FixturePackages {
    private FixturePackages() {}

    /** Their paths under the folder of fixtures, sorted. */
    public static List<String> all() throws IOException {
        var folder = Fixtures.folder();
        try (var files = Files.walk(folder.resolve("channel"))) {
            return files.map(folder::relativize)
                    .map(Path::toString)
                    .filter(path -> path.endsWith(".conda") || path.endsWith(".tar.bz2"))
                    .sorted()
                    .toList();
        }
    }

    /** The {@code info/index.json} of a package, whether or not we would accept it. */
    public static byte[] indexJson(Path file) throws IOException {
        if (file.toString().endsWith(".tar.bz2")) {
            try (var in = new BZip2CompressorInputStream(Files.newInputStream(file))) {
                return indexJson(in);
            }
        }
        var name = file.getFileName().toString().replace(".conda", ".tar.zst");
        try (var zip = new ZipFile(file.toFile());
                var in = new ZstdInputStreamNoFinalizer(zip.getInputStream(zip.getEntry("info-" + name)))) {
            return indexJson(in);
        }
    }

    private static byte[] indexJson(InputStream unpacked) throws IOException {
        var tar = new TarArchiveInputStream(unpacked);
        while (!tar.getNextEntry().getName().equals(IndexJson.PATH)) {
            // The next entry is looked at; a package without the file ends this with an exception.
        }
        return tar.readAllBytes();
    }
}
