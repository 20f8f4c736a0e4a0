package dev.bulla.client.imports;

import dev.bulla.client.imports.ImportOutcome.Difference;
import dev.bulla.client.imports.ImportOutcome.Refused;
import dev.bulla.client.verify.ArtifactCheck.Digest;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a source has, and what of it the server has not. Not safe to share. */
final class Survey {
    private final ImportSource source;
    private final Map<Subdir, List<SourceFile>> bySubdir = new LinkedHashMap<>();
    private final List<SourceFile> toSend = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private int found;
    private long foundBytes;
    private int imported;
    private int alreadyThere;
    private long payloadUnchecked;

    private Survey(ImportSource source) {
        this.source = source;
    }

    static Survey of(ImportSource source, KnownNames names) {
        var survey = new Survey(source);
        for (var subdir : source.subdirs()) {
            var files = source.files(subdir);
            if (!files.isEmpty()) {
                survey.bySubdir.put(subdir, files);
                var known = names.of(files);
                files.forEach(file -> survey.sort(file, known));
            }
        }
        return survey;
    }

    private void sort(SourceFile file, Map<String, KnownNames.Known> names) {
        found++;
        foundBytes += file.sizeBytes();
        var known = names.get(file.path());
        var sha256 = known == null ? null : sha256(file);
        if (known == null || sha256 == null) {
            toSend.add(file);
        } else if (!known.sha256().equals(sha256)) {
            refuse(
                    file,
                    Code.NAME_CONFLICT,
                    "the channel has " + file.path() + " with SHA-256 " + known.sha256() + ", this file has " + sha256);
        } else if (known.yanked()) {
            refuse(file, Code.ARTIFACT_YANKED, file.path() + " is there with these bytes and was yanked");
        } else if (known.labelled()) {
            alreadyThere++;
        } else {
            toSend.add(file);
        }
    }

    /** Of the file that is here, or what the index says of one that is not; null when it says nothing. */
    private @Nullable String sha256(SourceFile file) {
        if (source.openAtOnce() > 1) {
            return file.sha256();
        }
        var local = source.open(file);
        try (var in = new BufferedInputStream(Files.newInputStream(local))) {
            return Digest.of(in).sha256();
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "cannot read " + local + ": " + e.getMessage(), e);
        }
    }

    private void refuse(SourceFile file, Code code, String detail) {
        refused.add(new Refused(file.path(), List.of(new Problem(code, detail))));
    }

    void add(Shipment.Result result) {
        imported += result.imported();
        alreadyThere += result.alreadyThere();
        refused.addAll(result.refused());
        payloadUnchecked = result.payloadUnchecked();
    }

    List<SourceFile> toSend() {
        return toSend;
    }

    long bytesToSend() {
        return toSend.stream().mapToLong(SourceFile::sizeBytes).sum();
    }

    Map<Subdir, List<SourceFile>> bySubdir() {
        return bySubdir;
    }

    ImportOutcome outcome(boolean dryRun, List<Difference> differences) {
        return new ImportOutcome(
                found,
                foundBytes,
                dryRun ? toSend.size() : imported,
                alreadyThere,
                refused,
                payloadUnchecked,
                differences);
    }
}
