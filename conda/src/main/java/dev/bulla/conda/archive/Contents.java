package dev.bulla.conda.archive;

import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.name.Excerpt;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All members of a package as they are read: their paths, sizes and digests, and what the two metadata files say.
 * Not safe to share between threads.
 */
final class Contents {
    /** Which tar archive of the package is read. */
    enum Part {
        /** The only one of a {@code .tar.bz2}. */
        WHOLE,
        /** {@code info-*.tar.zst}. */
        INFO,
        /** {@code pkg-*.tar.zst}: some builders leave licences and the like in it, but no metadata. */
        PAYLOAD
    }

    static final String PATHS = "info/paths.json";

    /** What clients and servers read from a package: a second copy of one in the payload would contradict the first. */
    private static final Set<String> METADATA = Set.of(
            "info/about.json",
            "info/files",
            "info/has_prefix",
            "info/hash_input.json",
            IndexJson.PATH,
            "info/link.json",
            "info/no_link",
            "info/no_softlink",
            PATHS,
            "info/run_exports.json",
            "info/run_exports.yaml");

    private static final int BUFFER = 1 << 14;

    private final Budget budget;
    private final NavigableMap<String, Member> members = new TreeMap<>();
    private final Set<String> infoFolded = new HashSet<>();
    private final byte[] buffer = new byte[BUFFER];
    private final List<Problem> problems = new ArrayList<>();
    private byte @Nullable [] indexJson;
    private RunExports runExports = RunExports.NONE;
    private AboutJson about = AboutJson.NONE;
    private @Nullable NavigableMap<String, PathEntry> paths;
    private boolean pathsBroken;

    Contents(Budget budget) {
        this.budget = budget;
    }

    /** Reads one tar archive to its end. */
    void add(Part part, InputStream tarStream) throws IOException {
        var tar = new TarReader(new BufferedInputStream(new Unpacked(tarStream, budget), BUFFER), budget);
        for (var member = tar.next(); member.isPresent(); member = tar.next()) {
            add(part, member.get(), tar);
        }
    }

    /** Everything in the package by its path, {@code info/} included. */
    NavigableMap<String, Member> members() {
        return members;
    }

    /** The bytes of {@code info/index.json}, if it is there. */
    Optional<byte[]> indexJson() {
        return Optional.ofNullable(indexJson);
    }

    /** What {@code info/paths.json} lists, if it is there and could be read. */
    Optional<NavigableMap<String, PathEntry>> paths() {
        return Optional.ofNullable(paths);
    }

    /** Whether {@code info/paths.json} is there, but could not be read. */
    boolean pathsBroken() {
        return pathsBroken;
    }

    /** What {@code info/run_exports.json} says, if it is there. */
    RunExports runExports() {
        return runExports;
    }

    /** What {@code info/about.json} says, if it is there. */
    AboutJson about() {
        return about;
    }

    /** Why {@code info/paths.json} or {@code info/run_exports.json} could not be read. */
    List<Problem> problems() {
        return problems;
    }

    static boolean isInfo(String path) {
        return path.equals("info") || path.startsWith("info/");
    }

    private void add(Part part, TarMember member, TarReader tar) throws IOException {
        var path = member.path();
        if (path.isEmpty() && member.type() == TarMember.Type.DIRECTORY) {
            return;
        }
        checkPlace(part, path);
        var now =
                switch (member.type()) {
                    case FILE -> file(member, tar);
                    case HARD_LINK -> linked(member);
                    case SOFT_LINK -> new Member.SoftLink(member.target());
                    case DIRECTORY -> new Member.Directory();
                };
        checkMetadataIsFile(member);
        var isDirectory = now instanceof Member.Directory;
        var isNewInfo = !isInfo(path) || infoFolded.add(folded(path)) || isDirectory;
        var before = members.put(path, now);
        if (!isNewInfo || (before != null && !(isDirectory && before instanceof Member.Directory))) {
            throw unsafe(path, "is there twice");
        }
    }

    private static void checkPlace(Part part, String path) {
        var folded = folded(path);
        var top = folded.split("/", 2)[0];
        if (path.isEmpty()) {
            throw unsafe(path, "has no name");
        }
        if (top.equals("conda-meta") || folded.equals("info/repodata_record.json")) {
            throw unsafe(path, "belongs to the client that installs the package");
        }
        if (top.equals("info") && !isInfo(path)) {
            throw unsafe(path, "is the folder info/ in another spelling");
        }
        if (part == Part.INFO && !isInfo(path)) {
            throw unsafe(path, "is outside info/, but in the archive for info/");
        }
        if (part == Part.PAYLOAD && METADATA.contains(folded)) {
            throw unsafe(path, "is metadata in the archive for the payload");
        }
    }

    private static void checkMetadataIsFile(TarMember member) {
        if (METADATA.contains(folded(member.path())) && member.type() != TarMember.Type.FILE) {
            throw unsafe(member.path(), "must be a file of its own");
        }
    }

    private Member file(TarMember member, TarReader tar) throws IOException {
        var content = new Content(tar);
        switch (member.path()) {
            case IndexJson.PATH -> {
                checkSize(member, budget.limits().indexJsonBytes());
                indexJson = content.readAllBytes();
            }
            case PATHS -> {
                checkSize(member, budget.limits().pathsJsonBytes());
                readPaths(content);
            }
            case RunExports.PATH -> {
                checkSize(member, budget.limits().indexJsonBytes());
                readRunExports(content);
            }
            case AboutJson.PATH -> readAbout(member, content);
            default -> {
                // Whatever else it is, only its digest is wanted.
            }
        }
        return content.finish(buffer);
    }

    private static void checkSize(TarMember member, int limit) {
        if (member.sizeBytes() > limit) {
            throw new ArchiveException(Code.ARCHIVE_TOO_LARGE, member.path() + " is over " + limit + " bytes");
        }
    }

    private void readPaths(Content content) throws IOException {
        try {
            paths = PathsJson.read(content, budget.limits().pathsJsonBytes());
        } catch (InvalidJsonException e) {
            pathsBroken = true;
            problems.add(new Problem(Code.METADATA_INVALID, PATHS + ": " + e.getMessage()));
        }
    }

    private void readRunExports(Content content) throws IOException {
        try {
            runExports = RunExports.parse(content.readAllBytes());
        } catch (InvalidJsonException e) {
            problems.add(new Problem(Code.METADATA_INVALID, RunExports.PATH + ": " + e.getMessage()));
        }
    }

    /** One that is too large is passed over, as anything in it that is not as expected. */
    private void readAbout(TarMember member, Content content) throws IOException {
        if (member.sizeBytes() <= budget.limits().indexJsonBytes()) {
            about = AboutJson.parse(content.readAllBytes());
        }
    }

    /** A hard link is the file it names, which must have come before it. */
    private Member linked(TarMember link) {
        var target = members.get(PathRules.normal(link.target()));
        if (!(target instanceof Member.File)) {
            throw unsafe(
                    link.path(), "is a hard link to " + Excerpt.of(link.target()) + ", which is no file before it");
        }
        return target;
    }

    private static String folded(String path) {
        return path.toLowerCase(Locale.ROOT);
    }

    private static ArchiveException unsafe(String path, String why) {
        return new ArchiveException(Code.ARCHIVE_UNSAFE, "member " + Excerpt.of(path) + " " + why);
    }
}
