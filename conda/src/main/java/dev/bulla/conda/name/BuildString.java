package dev.bulla.conda.name;

/**
 * What tells builds of one version apart.
 *
 * @param text at most 64 of letters, digits and {@code . _ +}
 */
public record BuildString(String text) {
    private static final NameRule RULE =
            NameRule.of("build string", "[a-zA-Z0-9_.+]+", 64, "letters, digits and . _ +");

    /** Checks the rule of CEP 26. */
    public BuildString {
        RULE.check(text);
    }

    /** The build string of this text. */
    public static BuildString parse(String text) {
        return new BuildString(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
