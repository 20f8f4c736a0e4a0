package dev.bulla.conda.archive;

import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.BuildString;
import dev.bulla.conda.name.PackageName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.name.Version;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A package's {@code info/index.json} (CEP 34): what it is and what it needs. One that exists has well-formed members;
 * a missing {@code build_number} became 0 and missing {@code depends} the empty list. Unknown members are kept.
 */
public final class IndexJson {
    /** Where it stands in every package. */
    public static final String PATH = "info/index.json";

    private final JsonMembers members;

    private IndexJson(JsonMembers members) {
        this.members = members;
    }

    /** Reads the file's bytes; every member that breaks its rule is one problem {@code metadata_invalid}. */
    public static IndexJson parse(byte[] utf8) {
        var members = IndexJsonRules.withDefaults(object(utf8));
        var problems = IndexJsonRules.check(members);
        if (!problems.isEmpty()) {
            throw new ArchiveException(problems);
        }
        return new IndexJson(members);
    }

    private static JsonMembers object(byte[] utf8) {
        try {
            return JsonMembers.parse(utf8, JsonBounds.SMALL);
        } catch (InvalidJsonException e) {
            throw new ArchiveException(Code.METADATA_INVALID, PATH + ": " + e.getMessage());
        }
    }

    /**
     * What would be wrong with an {@code info/index.json} of these members, beside those that only a channel adds: the same
     * rules hold for a record, whatever changed it.
     */
    public static List<Problem> problems(JsonMembers record) {
        return IndexJsonRules.checkRecord(record);
    }

    /** Where it contradicts the archive's file name: problems {@code metadata_mismatch}, none if it agrees. */
    public List<Problem> contradictions(ArchiveName fileName) {
        var problems = new ArrayList<Problem>();
        compare("name", name().text(), fileName.name().text(), problems);
        compare("version", version().text(), fileName.version().text(), problems);
        compare("build", build().text(), fileName.build().text(), problems);
        return problems;
    }

    private static void compare(String member, String here, String there, List<Problem> problems) {
        if (!here.equals(there)) {
            var detail = PATH + ": " + member + " is " + here + ", but the file name says " + there;
            problems.add(new Problem(Code.METADATA_MISMATCH, detail));
        }
    }

    /** The package's name. */
    public PackageName name() {
        return PackageName.parse(required("name"));
    }

    /** The package's version. */
    public Version version() {
        return Version.parse(required("version"));
    }

    /** The build string. */
    public BuildString build() {
        return BuildString.parse(required("build"));
    }

    /** The build number, at least 0. */
    public long buildNumber() {
        return members.integer("build_number").orElseThrow();
    }

    /** The platform it is for. */
    public Subdir subdir() {
        return Subdir.parse(required("subdir"));
    }

    /** What it needs, as match specifications. */
    public List<String> depends() {
        return members.strings("depends").orElseThrow();
    }

    /** When it was built, in milliseconds since 1970; some builders write seconds, which are told by their size. */
    public Optional<Long> timestampMillis() {
        return members.integer("timestamp").map(IndexJsonRules::millis);
    }

    /** All members. */
    public JsonMembers members() {
        return members;
    }

    private String required(String member) {
        return members.string(member).orElseThrow();
    }
}
