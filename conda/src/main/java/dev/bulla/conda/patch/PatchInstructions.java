package dev.bulla.conda.patch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.name.Excerpt;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What one {@code patch_instructions.json} does to the records of a subdir. Immutable. */
public final class PatchInstructions {
    private static final JsonBounds BOUNDS = new JsonBounds(64 << 20, 8);
    private static final Set<String> KNOWN =
            Set.of("packages", "packages.conda", "patch_instructions_version", "remove", "revoke");
    private static final String REVOKED = "package_has_been_revoked";

    private final Map<String, JsonMembers> changes = new HashMap<>();
    private final Set<String> revoked = new HashSet<>();
    private final Set<String> removed = new HashSet<>();

    private PatchInstructions() {}

    /**
     * Reads the file's bytes.
     *
     * @throws ProblemException {@code repodata_invalid} if they are no instructions of version 1, or change a member
     *     that may not be changed, or to a value that no index may have
     */
    public static PatchInstructions parse(byte[] utf8) {
        try {
            var instructions = new PatchInstructions();
            instructions.read(JsonMembers.parse(utf8, BOUNDS));
            return instructions;
        } catch (InvalidJsonException e) {
            throw new ProblemException(Code.REPODATA_INVALID, "patch instructions: " + e.getMessage(), e);
        }
    }

    private void read(JsonMembers document) {
        for (var name : document.names()) {
            if (!KNOWN.contains(name)) {
                throw new InvalidJsonException("member " + Excerpt.of(name) + " is unknown");
            }
        }
        var version = document.text("patch_instructions_version").orElse("1");
        if (!version.equals("1")) {
            throw new InvalidJsonException("patch_instructions_version is " + Excerpt.of(version) + ", not 1");
        }
        for (var type : ArchiveType.values()) {
            document.text(type.section()).ifPresent(map -> changes(type, map));
        }
        revoked.addAll(document.strings("revoke").orElse(List.of()));
        removed.addAll(document.strings("remove").orElse(List.of()));
    }

    private void changes(ArchiveType type, String map) {
        var files = JsonMembers.parse(map.getBytes(UTF_8), BOUNDS);
        for (var fileName : files.names()) {
            if (!fileName.endsWith(type.extension())) {
                throw new InvalidJsonException(
                        type.section() + " has " + Excerpt.of(fileName) + ", which is no " + type.extension());
            }
            var change = JsonMembers.parse(files.text(fileName).orElseThrow().getBytes(UTF_8), JsonBounds.SMALL);
            PatchRules.check(fileName, change);
            changes.put(fileName, change);
        }
    }

    /**
     * The record as it is to be shown, or nothing if it is to be left out and named under {@code removed}. What is said
     * of a {@code .tar.bz2} file goes for the {@code .conda} file of the same stem too, unless that has a change of its
     * own.
     */
    public Optional<JsonMembers> apply(String fileName, JsonMembers record) {
        if (isIn(removed, fileName)) {
            return Optional.empty();
        }
        var patched = record;
        var change = changes.getOrDefault(fileName, changes.getOrDefault(twin(fileName), JsonMembers.EMPTY));
        for (var name : change.names()) {
            var text = change.text(name).orElseThrow();
            patched = text.equals("null") ? patched.without(List.of(name)) : patched.with(name, text);
        }
        return Optional.of(isIn(revoked, fileName) ? revoke(patched) : patched);
    }

    /** Whether these instructions say anything of this file. */
    public boolean concern(String fileName) {
        return isIn(removed, fileName)
                || isIn(revoked, fileName)
                || changes.containsKey(fileName)
                || changes.containsKey(twin(fileName));
    }

    private static JsonMembers revoke(JsonMembers record) {
        var depends = new ArrayList<>(record.strings("depends").orElse(List.of()));
        depends.add(REVOKED);
        var text = depends.stream().map(JsonMembers::quoted).collect(Collectors.joining(",", "[", "]"));
        return record.with("depends", text).with("revoked", "true");
    }

    private static boolean isIn(Set<String> files, String fileName) {
        return files.contains(fileName) || files.contains(twin(fileName));
    }

    /** The {@code .tar.bz2} file that a {@code .conda} file follows; a {@code .tar.bz2} file follows only itself. */
    private static String twin(String fileName) {
        var extension = ArchiveType.CONDA.extension();
        return fileName.endsWith(extension)
                ? fileName.substring(0, fileName.length() - extension.length()) + ArchiveType.TAR_BZ2.extension()
                : fileName;
    }
}
