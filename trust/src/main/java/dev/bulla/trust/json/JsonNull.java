package dev.bulla.trust.json;

/** {@code null}. */
public record JsonNull() implements Json {
    static final JsonNull NULL = new JsonNull();
}
