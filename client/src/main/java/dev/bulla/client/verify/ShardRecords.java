package dev.bulla.client.verify;

import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.name.Excerpt;
import dev.bulla.conda.shards.Shard;
import dev.bulla.conda.shards.ShardLimits;
import dev.bulla.conda.shards.ShardVisitor;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonException;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A shard, as far as it is compared.
 *
 * @param packageName under which the index names it
 * @param records file name to what the record says
 * @param problems that no other state of the channel would mend; with any of them, {@code records} may lack some
 */
record ShardRecords(String packageName, Map<String, Content> records, List<Problem> problems) {

    /**
     * What a record says.
     *
     * @param recordSha256 of its canonical bytes
     * @param withoutRunExports the same without {@code run_exports}, which shards add to the signed record
     */
    record Content(String recordSha256, String withoutRunExports) {
        static Content of(JsonObject record) {
            var sha256 = sha256(record);
            return new Content(
                    sha256, record.member("run_exports").isPresent() ? sha256(record.without("run_exports")) : sha256);
        }

        private static String sha256(JsonObject record) {
            return HexFormat.of().formatHex(RecordCheck.sha256().digest(Dialect.CONDA.canonical(record)));
        }

        /** Whether it is the record with this digest. */
        boolean is(String signedSha256) {
            return recordSha256.equals(signedSha256) || withoutRunExports.equals(signedSha256);
        }
    }

    /** The shard of these bytes. */
    static ShardRecords of(String path, String packageName, String sha256, byte[] compressed) {
        if (!HexFormat.of().formatHex(RecordCheck.sha256().digest(compressed)).equals(sha256)) {
            return failed(packageName, Code.RECORD_MISMATCH, path + " has another SHA-256 than the index says");
        }
        var reading = new Reading(path, packageName);
        try {
            Shard.read(compressed, ShardLimits.DEFAULT, reading);
        } catch (ProblemException e) {
            reading.problems.add(new Problem(
                    Code.METADATA_MALFORMED, path + ": " + e.problem().detail()));
        } catch (JsonException e) {
            reading.problems.add(new Problem(Code.METADATA_MALFORMED, path + " has a record: " + e.getMessage()));
        }
        return new ShardRecords(packageName, reading.records, reading.problems);
    }

    /** A shard that the index names, and nobody has. */
    static ShardRecords missing(String path, String packageName) {
        return failed(
                packageName,
                Code.RECORD_MISMATCH,
                path + " is not there, though the index names it as the shard of " + Excerpt.of(packageName));
    }

    private static ShardRecords failed(String packageName, Code code, String detail) {
        return new ShardRecords(packageName, Map.of(), List.of(new Problem(code, detail)));
    }

    /** The package name in a file name: what comes before its last two dashes. */
    static String packageName(String fileName) {
        var stem = Arrays.stream(ArchiveType.values())
                .map(ArchiveType::extension)
                .filter(fileName::endsWith)
                .findFirst()
                .map(extension -> fileName.substring(0, fileName.length() - extension.length()))
                .orElse(fileName);
        var beforeBuild = stem.lastIndexOf('-');
        return stem.substring(0, Math.max(0, stem.lastIndexOf('-', beforeBuild - 1)));
    }

    private static final class Reading implements ShardVisitor {
        private final String path;
        private final String packageName;
        private final Map<String, Content> records = new HashMap<>();
        private final Set<String> removed = new HashSet<>();
        private final List<Problem> problems = new ArrayList<>();

        Reading(String path, String packageName) {
            this.path = path;
            this.packageName = packageName;
        }

        @Override
        public void record(ArchiveType section, String fileName, byte[] json) {
            var record = (JsonObject) Json.parse(json, JsonLimits.RECORD);
            var name = new JsonString(packageName);
            if (!packageName(fileName).equals(packageName)
                    || !record.member("name").filter(name::equals).isPresent()) {
                problem(
                        Code.RECORD_MISMATCH,
                        "is the shard of " + Excerpt.of(packageName) + ", but has " + Excerpt.of(fileName));
            } else if (!fileName.endsWith(section.extension()) || removed.contains(fileName)) {
                problem(Code.RECORD_MISMATCH, "has " + Excerpt.of(fileName) + " where it does not belong");
            } else {
                records.put(fileName, Content.of(record));
            }
        }

        @Override
        public void removed(String fileName) {
            removed.add(fileName);
            if (records.containsKey(fileName)) {
                problem(Code.RECORD_MISMATCH, "has " + Excerpt.of(fileName) + " and calls it removed");
            }
        }

        @Override
        public void revision3(String kind, String key, byte[] json) {
            problem(Code.SIGNATURE_MISSING, "has records under v3, which nobody can sign");
        }

        private void problem(Code code, String what) {
            if (problems.isEmpty()) { // one is enough, and a hostile shard could have many
                problems.add(new Problem(code, path + " " + what));
            }
        }
    }
}
