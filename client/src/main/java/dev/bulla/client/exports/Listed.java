package dev.bulla.client.exports;

import dev.bulla.client.fetch.Limit;
import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Excerpt;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An artifact that an index lists.
 *
 * @param sizeBytes of the file
 * @param sha256 of the file, in hexadecimal
 * @param recordSha256 of the record without its run exports, which shards add
 */
record Listed(long sizeBytes, String sha256, String recordSha256) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * What a record says.
     *
     * @throws ProblemException {@code name_invalid} when the file's name is none of an archive, {@code repodata_invalid}
     */
    static Listed of(String subdir, String fileName, byte[] json) {
        ArchiveName.parse(fileName); // it becomes a file here
        var where = subdir + "/" + Excerpt.of(fileName);
        try {
            var record = JsonMembers.parse(json, JsonBounds.SMALL);
            var size = record.integer("size").filter(bytes -> bytes > 0 && bytes <= Limit.ARTIFACT.maxBytes());
            var sha256 =
                    record.string("sha256").filter(text -> SHA256.matcher(text).matches());
            if (size.isEmpty() || sha256.isEmpty()) {
                throw new ProblemException(Code.REPODATA_INVALID, "the record of " + where + " has no size and sha256");
            }
            var signed = record.without(List.of("run_exports")).utf8();
            return new Listed(size.get(), sha256.get(), Sha256.of(signed));
        } catch (InvalidJsonException e) {
            throw new ProblemException(Code.REPODATA_INVALID, "the record of " + where + ": " + e.getMessage(), e);
        }
    }
}
