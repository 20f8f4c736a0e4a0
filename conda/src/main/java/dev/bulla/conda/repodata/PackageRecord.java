package dev.bulla.conda.repodata;

import dev.bulla.conda.archive.IndexJson;
import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.BuildString;
import dev.bulla.conda.name.Excerpt;
import dev.bulla.conda.name.PackageName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.name.Version;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an index says about one package (CEP 36): its {@code info/index.json} without members that no solver needs, and
 * the size and digests of its archive. Members are sorted, numbers keep their text, unknown members are kept.
 */
public final class PackageRecord {
    /** Members of {@code info/index.json} that no index carries. */
    public static final List<String> DROPPED = List.of(
            "arch",
            "has_prefix",
            "mtime",
            "platform",
            "ucs",
            "requires_features",
            "binstar",
            "target-triplet",
            "machine",
            "operatingsystem");

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final ArchiveName archiveName;
    private final JsonMembers members;
    private final Subdir subdir;
    private final long buildNumber;
    private final long sizeBytes;
    private final String sha256;
    private final List<String> depends;

    private PackageRecord(ArchiveName archiveName, JsonMembers members) {
        this.archiveName = archiveName;
        this.members = members;
        sameAsFileName("name", archiveName.name().text());
        sameAsFileName("version", archiveName.version().text());
        sameAsFileName("build", archiveName.build().text());
        subdir = Subdir.parse(required("subdir", members.string("subdir")));
        buildNumber = required("build_number", members.integer("build_number"));
        sizeBytes = required("size", members.integer("size"));
        sha256 = required("sha256", members.string("sha256"));
        depends = members.strings("depends").orElse(List.of());
        if (!SHA256.matcher(sha256).matches()) {
            throw new InvalidJsonException("sha256 is not 64 lower-case hexadecimal digits");
        }
    }

    private void sameAsFileName(String member, String expected) {
        var found = required(member, members.string(member));
        if (!found.equals(expected)) {
            throw new InvalidJsonException(member + " is " + Excerpt.of(found) + ", not " + expected);
        }
    }

    private static <T> T required(String member, Optional<T> value) {
        return value.orElseThrow(() -> new InvalidJsonException(member + " is missing"));
    }

    /**
     * The record of an archive that was read.
     *
     * @param sha256 of the whole archive in lower-case hexadecimal, like {@code md5}
     * @param indexedTimestampMillis when this channel first listed it, in milliseconds since 1970 (CEP 47)
     */
    public static PackageRecord of(
            IndexJson index,
            ArchiveName archiveName,
            long sizeBytes,
            String sha256,
            String md5,
            long indexedTimestampMillis) {
        var members = index.members()
                .without(DROPPED)
                .with("indexed_timestamp", String.valueOf(indexedTimestampMillis))
                .with("md5", JsonMembers.quoted(md5))
                .with("sha256", JsonMembers.quoted(sha256))
                .with("size", String.valueOf(sizeBytes));
        return new PackageRecord(archiveName, members);
    }

    /**
     * A record as found in an index.
     *
     * @throws ProblemException {@code repodata_invalid} if it is none or is not about this file, {@code name_invalid}
     */
    public static PackageRecord parse(String fileName, byte[] json) {
        try {
            return new PackageRecord(ArchiveName.parse(fileName), JsonMembers.parse(json, JsonBounds.SMALL));
        } catch (InvalidJsonException e) {
            throw new ProblemException(
                    Code.REPODATA_INVALID, "the record of " + Excerpt.of(fileName) + ": " + e.getMessage(), e);
        }
    }

    /** The archive it is about. */
    public ArchiveName archiveName() {
        return archiveName;
    }

    /** The archive's file name, under which the index lists it. */
    public String fileName() {
        return archiveName.fileName();
    }

    /** The package's name. */
    public PackageName name() {
        return archiveName.name();
    }

    /** The package's version. */
    public Version version() {
        return archiveName.version();
    }

    /** The build string. */
    public BuildString build() {
        return archiveName.build();
    }

    /** The build number. */
    public long buildNumber() {
        return buildNumber;
    }

    /** The platform it is for. */
    public Subdir subdir() {
        return subdir;
    }

    /** The size of the archive. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** The SHA-256 of the archive in lower-case hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** The MD5 of the archive in lower-case hexadecimal. */
    public Optional<String> md5() {
        return members.string("md5");
    }

    /** What it needs, as match specifications. */
    public List<String> depends() {
        return depends;
    }

    /** When the channel first listed it, in milliseconds since 1970. */
    public Optional<Long> indexedTimestampMillis() {
        return members.integer("indexed_timestamp");
    }

    /** All members. */
    public JsonMembers members() {
        return members;
    }

    /** The record as it stands in the index: compact JSON in UTF-8 with sorted names. */
    public byte[] json() {
        return members.utf8();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackageRecord record
                && archiveName.equals(record.archiveName)
                && members.equals(record.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return fileName() + " " + members;
    }
}
