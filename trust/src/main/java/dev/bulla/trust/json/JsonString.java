package dev.bulla.trust.json;

/**
 * A JSON string.
 *
 * @param value its text, escapes resolved; may hold a lone surrogate, which JSON can write as an escape
 */
public record JsonString(String value) implements Json {}
