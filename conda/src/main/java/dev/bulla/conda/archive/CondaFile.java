package dev.bulla.conda.archive;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Excerpt;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A {@code .conda} archive (CEP 35): a ZIP of exactly {@code metadata.json}, {@code info-<stem>.tar.zst} and {@code
 * pkg-<stem>.tar.zst}, in any order. The two tar archives are read in the order of their names, metadata first.
 */
final class CondaFile {
    private static final String METADATA = "metadata.json";
    private static final long METADATA_MAX_BYTES = 4096;
    private static final Pattern PART = Pattern.compile("(?:info|pkg)-(.*)\\.tar\\.zst", Pattern.DOTALL);
    private static final String FORMAT_VERSION = "2";

    private final FileChannel channel;
    private final Map<String, ZipMember> members = new LinkedHashMap<>();

    private CondaFile(FileChannel channel) {
        this.channel = channel;
    }

    static void read(FileChannel channel, ArchiveName name, Contents contents) throws IOException {
        var file = open(channel, name);
        file.unpack("info-" + name.stem() + ".tar.zst", Contents.Part.INFO, contents);
        file.unpack("pkg-" + name.stem() + ".tar.zst", Contents.Part.PAYLOAD, contents);
    }

    /** Leaves the payload packed. */
    static void readInfo(FileChannel channel, ArchiveName name, Contents contents) throws IOException {
        open(channel, name).unpack("info-" + name.stem() + ".tar.zst", Contents.Part.INFO, contents);
    }

    private static CondaFile open(FileChannel channel, ArchiveName name) throws IOException {
        var file = new CondaFile(channel);
        ZipDirectory.read(channel).forEach(member -> file.members.put(member.name(), member));
        var info = "info-" + name.stem() + ".tar.zst";
        var payload = "pkg-" + name.stem() + ".tar.zst";
        file.checkStem(name);
        file.checkNames(List.of(METADATA, info, payload));
        file.checkFormatVersion();
        return file;
    }

    /** A package that was renamed is whole, so what is wrong with it is its name. */
    private void checkStem(ArchiveName name) {
        var stems = members.keySet().stream()
                .map(PART::matcher)
                .filter(Matcher::matches)
                .map(part -> part.group(1))
                .toList();
        if (stems.size() == 2
                && stems.get(0).equals(stems.get(1))
                && !stems.get(0).equals(name.stem())) {
            throw new ArchiveException(
                    Code.METADATA_MISMATCH,
                    "the members of the ZIP archive are those of " + Excerpt.of(stems.get(0)) + ", not of "
                            + name.stem());
        }
    }

    private void checkNames(List<String> expected) {
        var extra = members.keySet().stream()
                .filter(name -> !expected.contains(name))
                .map(name -> new Problem(
                        Code.ARCHIVE_UNSAFE,
                        "the ZIP archive has a member " + Excerpt.of(name) + "; it may have only "
                                + String.join(", ", expected)));
        var missing = expected.stream()
                .filter(name -> !members.containsKey(name))
                .map(name -> new Problem(Code.METADATA_MISSING, "the ZIP archive has no member " + name));
        var problems = Stream.concat(extra, missing).toList();
        if (!problems.isEmpty()) {
            throw new ArchiveException(problems);
        }
    }

    private void checkFormatVersion() throws IOException {
        var member = member(METADATA);
        if (member.sizeBytes() > METADATA_MAX_BYTES) {
            throw new ArchiveException(Code.ARCHIVE_TOO_LARGE, METADATA + " is over " + METADATA_MAX_BYTES + " bytes");
        }
        var slice = slice(member);
        var bytes = slice.readAllBytes();
        checkCrc(member, slice);
        try {
            var version = JsonMembers.parse(bytes, JsonBounds.SMALL).text("conda_pkg_format_version");
            if (!version.equals(Optional.of(FORMAT_VERSION))) {
                throw new ArchiveException(
                        Code.METADATA_INVALID, METADATA + ": conda_pkg_format_version is not " + FORMAT_VERSION);
            }
        } catch (InvalidJsonException e) {
            throw new ArchiveException(Code.METADATA_INVALID, METADATA + ": " + e.getMessage());
        }
    }

    private void unpack(String name, Contents.Part part, Contents contents) throws IOException {
        var member = member(name);
        ZstdFrame.check(channel, member);
        var slice = slice(member);
        try (var zstd = new ZstdInputStreamNoFinalizer(slice, RecyclingBufferPool.INSTANCE)) {
            contents.add(part, zstd);
        }
        checkCrc(member, slice);
    }

    private ZipMember member(String name) {
        return Objects.requireNonNull(members.get(name));
    }

    private FileSlice slice(ZipMember member) {
        return new FileSlice(channel, member.offset(), member.sizeBytes());
    }

    private static void checkCrc(ZipMember member, FileSlice slice) {
        if (slice.remaining() > 0 || slice.crc() != member.crc()) {
            throw new ArchiveException(Code.ARCHIVE_DAMAGED, "member " + member.name() + " has not its CRC-32");
        }
    }
}
