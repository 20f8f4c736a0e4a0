package dev.bulla.trust.json;

import java.util.List;

/**
 * A JSON array.
 *
 * @param elements its values in order
 */
public record JsonArray(List<Json> elements) implements Json {
    /** Keeps its own copy. */
    public JsonArray {
        elements = List.copyOf(elements);
    }

    /** An array of strings. */
    public static JsonArray ofStrings(List<String> texts) {
        return new JsonArray(texts.stream().<Json>map(JsonString::new).toList());
    }
}
