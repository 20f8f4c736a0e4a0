package dev.bulla.cli.config;

/**
 * A value and where it comes from.
 *
 * @param text the value as written; empty means unset
 * @param origin {@code flag}, {@code default}, the environment variable's name, or file and line
 */
public record Value(String text, String origin) {

    /** Whether there is one. */
    public boolean isSet() {
        return !text.isEmpty();
    }
}
