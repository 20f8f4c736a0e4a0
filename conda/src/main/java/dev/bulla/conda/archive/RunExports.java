package dev.bulla.conda.archive;

import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import java.util.List;
import java.util.Optional;

/**
 * What a package wants its dependents to depend on: {@code info/run_exports.json} in the one form of CEP 12, {@code
 * {"strong":["libgcc >=13"],"weak":["zlib >=1.3"]}}. A plain list in the file is {@code weak}. Lists that are empty are
 * left out, as is what is no list of strings and every other member.
 *
 * @param members the lists by kind
 */
public record RunExports(JsonMembers members) {
    /** Where it stands in a package that has it. */
    public static final String PATH = "info/run_exports.json";

    /** Of a package without the file. */
    public static final RunExports NONE = new RunExports(JsonMembers.EMPTY);

    private static final List<String> KINDS =
            List.of("noarch", "strong", "strong_constrains", "weak", "weak_constrains");

    /** Reads the file's bytes; {@link InvalidJsonException} only if they are no JSON. */
    static RunExports parse(byte[] utf8) {
        var text = JsonMembers.compact(utf8, JsonBounds.SMALL);
        var members = JsonMembers.EMPTY.with("weak", text);
        if (text.startsWith("{")) {
            members = JsonMembers.parse(utf8, JsonBounds.SMALL);
        }
        var kept = JsonMembers.EMPTY;
        for (var kind : KINDS) {
            if (isListOfStrings(members, kind)) {
                kept = kept.with(kind, members.text(kind).orElseThrow());
            }
        }
        return new RunExports(kept);
    }

    private static boolean isListOfStrings(JsonMembers members, String kind) {
        try {
            return !members.strings(kind).orElse(List.of()).isEmpty();
        } catch (InvalidJsonException e) {
            return false; // another shape is left out
        }
    }

    /** Whether the package exports nothing. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** The object as compact JSON; nothing for a package that exports nothing. */
    public Optional<byte[]> json() {
        return isEmpty() ? Optional.empty() : Optional.of(members.utf8());
    }
}
