package dev.bulla.channel.publish;

import dev.bulla.channel.store.Blobs;
import dev.bulla.conda.archive.ArchiveException;
import dev.bulla.conda.archive.ArchiveLimits;
import dev.bulla.conda.archive.PackageArchive;
import dev.bulla.conda.archive.PackageContents;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must hold of an archive before it may become public. One that cannot be checked does not pass.
 *
 * @param blobs where its bytes are
 * @param limits how large it may be unpacked
 */
record Checks(Blobs blobs, ArchiveLimits limits) {
    private static final Logger LOG = LoggerFactory.getLogger(Checks.class);

    /**
     * What the package contains, when everything is right.
     *
     * @param place the subdir that the uploader named, if any
     * @throws ArchiveException with every problem that was found
     */
    PackageContents pass(Submission submission, @Nullable Subdir place) throws IOException {
        var contents = read(submission);
        var index = contents.index();
        if (place != null && !place.equals(index.subdir())) {
            throw new ArchiveException(
                    Code.METADATA_MISMATCH,
                    submission.name() + ": index.json says subdir " + index.subdir() + ", the upload named " + place);
        }
        return contents;
    }

    private PackageContents read(Submission submission) throws IOException {
        var file = blobs.file(submission.received().sha256());
        try {
            return PackageArchive.read(file, submission.name(), limits);
        } catch (ArchiveException refused) {
            throw refused;
        } catch (RuntimeException | StackOverflowError fault) {
            LOG.error("the checks failed by a fault of ours file={}", submission.name(), fault);
            throw new ArchiveException(
                    Code.INTERNAL_ERROR, submission.name() + " could not be checked, and so it is not taken");
        }
    }

    /** The problems as one sentence for the journal. */
    static String summary(List<Problem> problems) {
        return problems.size() == 1
                ? problems.getFirst().toString()
                : problems.getFirst() + " and " + (problems.size() - 1) + " more";
    }
}
