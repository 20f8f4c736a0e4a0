package dev.bulla.conda.name;

/**
 * A view of a channel that shows some of its packages.
 *
 * @param text a letter, then letters, digits and {@code _ - . /}, at most 128 characters; no part between slashes is
 *     empty, {@code .} or {@code ..}, since it becomes a part of an address
 */
public record Label(String text) {
    private static final NameRule RULE = NameRule.of(
            "label",
            "[a-zA-Z][0-9a-zA-Z_.-]*(/(?!\\.{0,2}(/|$))[0-9a-zA-Z_.-]+)*",
            128,
            "a letter, then letters, digits and _ - . with single / between parts");

    /** What an address without a label means. */
    public static final Label MAIN = new Label("main");

    /** Checks the rule of CEP 26; {@code nolabel} stands for the absence of labels and is none. */
    public Label {
        RULE.check(text);
        if (text.equals("nolabel")) {
            throw RULE.refused(text, "is reserved for packages that have no label");
        }
    }

    /** The label of this text. */
    public static Label parse(String text) {
        return new Label(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
