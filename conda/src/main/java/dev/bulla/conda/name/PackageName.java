package dev.bulla.conda.name;

/**
 * The name of a package that can be downloaded. Virtual packages ({@code __glibc}) are no such names.
 *
 * @param text at most 64 of lower-case letters, digits and single {@code . _ -} between them
 */
public record PackageName(String text) {
    private static final NameRule RULE = NameRule.of(
            "package name",
            "_?[a-z0-9]+([._-][a-z0-9]+)*[._-]?|_",
            64,
            "lower-case letters, digits and single . _ - between them; it starts with a letter, a digit or one _");

    /** Checks the rule of CEP 26. */
    public PackageName {
        RULE.check(text);
    }

    /** The name of this text. */
    public static PackageName parse(String text) {
        return new PackageName(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
