package dev.bulla.trust.json;

/** One JSON value (RFC 8259). Immutable. */
public sealed interface Json permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

    /**
     * Reads one JSON text, the whole of it.
     *
     * @param utf8 the text; not changed and not kept
     * @throws JsonException when it is no strict JSON or over a limit
     */
    static Json parse(byte[] utf8, JsonLimits limits) {
        return new JsonReader(utf8, limits).document();
    }

    /**
     * This value as compact UTF-8 JSON, members in the order they are held. For files that are read as ordinary JSON;
     * what is signed is {@link Dialect#canonical}.
     */
    default byte[] compact() {
        return JsonWriter.compact(this);
    }
}
