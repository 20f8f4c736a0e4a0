package dev.bulla.client.publish;

import dev.bulla.client.verify.ArtifactCheck.Digest;
import dev.bulla.conda.archive.ArchiveLimits;
import dev.bulla.conda.archive.PackageArchive;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A package file on this machine that passed the checks the server will make of it.
 *
 * @param file where it is
 * @param name its file name
 * @param subdir the place in the channel that its metadata names
 * @param digest of its bytes
 */
record LocalPackage(Path file, ArchiveName name, Subdir subdir, Digest digest) {

    /**
     * Reads and checks a file.
     *
     * @throws ProblemException FILE_NOT_FOUND, NAME_INVALID, ARCHIVE_…, METADATA_…, PATHS_MISMATCH, DISK_ERROR
     */
    static LocalPackage read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ProblemException(Code.FILE_NOT_FOUND, "there is no file " + file);
        }
        var name = ArchiveName.parse(file.getFileName().toString());
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var digest = Digest.of(in);
            var index = PackageArchive.read(file, name, ArchiveLimits.DEFAULT).index();
            return new LocalPackage(file, name, index.subdir(), digest);
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
