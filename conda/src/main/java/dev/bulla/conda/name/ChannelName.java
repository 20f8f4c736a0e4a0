package dev.bulla.conda.name;

import java.util.Set;

/**
 * The name of a channel: one segment of its address.
 *
 * @param text at most 128 of lower-case letters, digits and {@code _ . -}, starting with neither {@code .} nor
 *     {@code -}
 */
public record ChannelName(String text) {
    private static final NameRule RULE = NameRule.of(
            "channel name",
            "[a-z0-9_][a-z0-9_.-]*",
            128,
            "lower-case letters, digits and _ . -; it starts with a letter, a digit or _");

    /** Taken by the server's own addresses. */
    private static final Set<String> RESERVED =
            Set.of("api", "feedstock-outputs", "healthz", "log", "metrics", "readyz", "status", "t", "ui");

    /** The channel that a new server has. */
    public static final ChannelName MAIN = new ChannelName("main");

    /** Checks the rule of CEP 26, and that the name is free. */
    public ChannelName {
        RULE.check(text);
        if (RESERVED.contains(text)) {
            throw RULE.refused(text, "is reserved for the server's own addresses");
        }
        // CEP 26: a channel that is called like a platform cannot be told from one.
        if (Subdir.KNOWN.stream().anyMatch(subdir -> subdir.text().equals(text))) {
            throw RULE.refused(text, "is the name of a subdir");
        }
    }

    /** The channel name of this text. */
    public static ChannelName parse(String text) {
        return new ChannelName(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
