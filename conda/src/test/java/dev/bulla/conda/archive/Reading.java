package dev.bulla.conda.archive;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Reads the bytes of a package through the public face. */
final class Reading {
    private Reading() {}

    static PackageContents read(String fileName, byte[] bytes) {
        return read(fileName, bytes, ArchiveLimits.DEFAULT);
    }

    static PackageContents read(String fileName, byte[] bytes, ArchiveLimits limits) {
        try {
            var file = Files.createTempFile("package-", ".tmp");
            try {
                Files.write(file, bytes);
                return PackageArchive.read(file, ArchiveName.parse(fileName), limits);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The reading must be refused with this code first, and say this. */
    static void assertRefused(Code code, String said, String fileName, byte[] bytes) {
        assertRefused(code, said, fileName, bytes, ArchiveLimits.DEFAULT);
    }

    static void assertRefused(Code code, String said, String fileName, byte[] bytes, ArchiveLimits limits) {
        var refused = assertThrows(ArchiveException.class, () -> read(fileName, bytes, limits));
        var details = refused.problems().stream().map(Problem::detail).collect(joining("\n"));
        assertEquals(code, refused.problem().code(), details);
        assertTrue(details.contains(said), details);
    }
}
