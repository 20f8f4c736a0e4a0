package dev.bulla.conda.name;

/**
 * A package version, as text; it is not ordered here.
 *
 * @param text at most 64 of lower-case letters, digits and {@code . _ + !}
 */
public record Version(String text) {
    private static final NameRule RULE =
            NameRule.of("version", "[a-z0-9._+!]+", 64, "lower-case letters, digits and . _ + !");

    /** Checks the rule of CEP 26. */
    public Version {
        RULE.check(text);
    }

    /** The version of this text. */
    public static Version parse(String text) {
        return new Version(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
