package dev.bulla.channel.patch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.conda.archive.IndexJson;
import dev.bulla.conda.patch.PatchInstructions;
import dev.bulla.conda.repodata.PackageRecord;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;

/**
 * The instructions that hold for a subdir.
 *
 * @param position since which journal position; 0 when there are none
 * @param instructions what they say
 */
public record Rules(long position, PatchInstructions instructions) {
    /** Of a subdir without any. */
    static final Rules NONE = new Rules(0, PatchInstructions.parse("{}".getBytes(UTF_8)));

    /**
     * What they make of a record.
     *
     * @throws ProblemException {@link Code#REPODATA_INVALID} when it would be one that a client refuses
     */
    public PatchedRecord apply(PackageRecord original) {
        var fileName = original.fileName();
        if (!instructions.concern(fileName)) {
            return new PatchedRecord(original, original, false);
        }
        var patched = instructions.apply(fileName, original.members());
        if (patched.isEmpty()) {
            return new PatchedRecord(original, original, true);
        }
        var problems = IndexJson.problems(patched.get());
        if (!problems.isEmpty()) {
            throw new ProblemException(
                    Code.REPODATA_INVALID,
                    "patch instructions: " + fileName + ": "
                            + problems.getFirst().detail());
        }
        var shown = PackageRecord.parse(fileName, patched.get().utf8());
        return new PatchedRecord(original, shown.equals(original) ? original : shown, false);
    }
}
