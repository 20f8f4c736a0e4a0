package dev.bulla.channel.summary;

import dev.bulla.channel.catalog.SummarizedArtifact;
import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.Version;
import dev.bulla.conda.name.VersionOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code channeldata.json} says about one package name. */
final class PackageSummary {
    /** The last second of the year 9999: larger numbers are milliseconds. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    private final TreeMap<Version, Listed> byVersion = new TreeMap<>(VersionOrder.CONDA);
    private final List<Listed> all;

    /** An artifact with its record taken apart. */
    private record Listed(SummarizedArtifact artifact, JsonMembers record) {
        static Listed of(SummarizedArtifact artifact) {
            return new Listed(artifact, JsonMembers.parse(artifact.record(), JsonBounds.SMALL));
        }

        long number(String member) {
            try {
                return record.integer(member).orElse(0L);
            } catch (InvalidJsonException e) {
                return 0; // a number that is none orders nothing
            }
        }

        long seconds() {
            var timestamp = number("timestamp");
            return timestamp > MAX_SECONDS ? timestamp / 1000 : timestamp;
        }
    }

    private PackageSummary(List<Listed> all) {
        this.all = all;
        for (var one : all) {
            byVersion.merge(one.artifact().name().version(), one, PackageSummary::newer);
        }
    }

    private static Listed newer(Listed one, Listed other) {
        var order = Comparator.comparingLong((Listed listed) -> listed.number("build_number"))
                .thenComparingLong(Listed::seconds);
        return order.compare(one, other) >= 0 ? one : other;
    }

    /** The JSON object about these artifacts of one package, at least one. */
    static byte[] of(List<SummarizedArtifact> artifacts) {
        return new PackageSummary(artifacts.stream().map(Listed::of).toList())
                .members()
                .utf8();
    }

    private JsonMembers members() {
        var newest = byVersion.lastEntry().getValue();
        var artifact = newest.artifact();
        var about =
                artifact.about() == null ? JsonMembers.EMPTY : JsonMembers.parse(artifact.about(), JsonBounds.SMALL);
        var license = newest.record().text("license");
        var said = !about.has("license") && license.isPresent() && license.get().startsWith("\"")
                ? about.with("license", license.get())
                : about;
        var reference = artifact.subdir() + "/" + artifact.name();
        var withFacts = said.with("reference_package", JsonMembers.quoted(reference))
                .with("run_exports", runExports().toString())
                .with("subdirs", subdirs())
                .with("version", JsonMembers.quoted(artifact.name().version().text()));
        var timestamp = all.stream().mapToLong(Listed::seconds).max().orElse(0);
        return timestamp == 0 ? withFacts : withFacts.with("timestamp", String.valueOf(timestamp));
    }

    private String subdirs() {
        return all.stream()
                .map(one -> one.artifact().subdir().text())
                .distinct()
                .sorted()
                .map(JsonMembers::quoted)
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** By version, of its newest build. */
    private JsonMembers runExports() {
        var texts = new HashMap<String, String>();
        byVersion.forEach((version, listed) -> {
            var json = listed.artifact().runExports();
            if (json != null) {
                texts.put(version.text(), new String(json, StandardCharsets.UTF_8));
            }
        });
        var members = JsonMembers.EMPTY;
        for (var entry : texts.entrySet()) {
            members = members.with(entry.getKey(), entry.getValue());
        }
        return members;
    }
}
