package dev.bulla.cli.commands;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.JsonObject;

/**
 * An artifact of a channel as people name it: {@code noarch/zlib-1.3.1-h_0.conda}.
 *
 * @param subdir where it is
 * @param name its file name
 */
record Artifact(Subdir subdir, ArchiveName name) {
    /** Reads {@code SUBDIR/FILE}. */
    static Artifact parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length != 2) {
            throw new ProblemException(
                    Code.BAD_REQUEST, text + " is not SUBDIR/FILE, as noarch/zlib-1.3.1-h_0.conda is");
        }
        return new Artifact(Subdir.parse(parts[0]), ArchiveName.parse(parts[1]));
    }

    /** The members of a request that name it. */
    JsonObject.Builder request() {
        return JsonObject.builder().put("subdir", subdir.text()).put("file_name", name.fileName());
    }

    @Override
    public String toString() {
        return subdir + "/" + name;
    }
}
