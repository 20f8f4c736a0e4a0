package dev.bulla.conda.name;

import java.util.List;
import java.util.Set;

/**
 * The folder of a channel that holds the packages for one platform.
 *
 * @param text {@code noarch}, or an operating system and an architecture joined by a dash; at most 32 characters
 */
public record Subdir(String text) {
    private static final NameRule RULE = NameRule.of(
            "subdir",
            "noarch|[a-z0-9]+-[a-z0-9]+",
            32,
            "noarch, or two words of lower-case letters and digits like linux-64");

    /** Taken by the channel's own files. */
    private static final Set<String> RESERVED = Set.of("content-trust");

    /** Packages for every platform. */
    public static final Subdir NOARCH = new Subdir("noarch");

    /** The subdirs that conda's clients know: a channel answers for each of them from its creation. */
    public static final List<Subdir> KNOWN = List.of(
                    "noarch",
                    "emscripten-wasm32",
                    "freebsd-64",
                    "linux-32",
                    "linux-64",
                    "linux-aarch64",
                    "linux-armv6l",
                    "linux-armv7l",
                    "linux-loongarch64",
                    "linux-ppc64",
                    "linux-ppc64le",
                    "linux-riscv32",
                    "linux-riscv64",
                    "linux-s390x",
                    "osx-64",
                    "osx-arm64",
                    "wasi-wasm32",
                    "win-32",
                    "win-64",
                    "win-arm64",
                    "zos-z")
            .stream()
            .map(Subdir::new)
            .toList();

    /** Checks the rule of CEP 26, and that the name is free. */
    public Subdir {
        RULE.check(text);
        if (RESERVED.contains(text)) {
            throw RULE.refused(text, "is reserved for the channel's own files");
        }
    }

    /** The subdir of this text. */
    public static Subdir parse(String text) {
        return new Subdir(text);
    }

    /** Whether conda's clients know it as a platform. */
    public boolean isKnown() {
        return KNOWN.contains(this);
    }

    @Override
    public String toString() {
        return text;
    }
}
