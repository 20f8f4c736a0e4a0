package dev.bulla.trust.contenttrust;

import dev.bulla.trust.contenttrust.ContentTrustException.Malformed;
import dev.bulla.trust.json.Excerpt;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The members of one untrusted object, taken by name and type; anything else is {@link Malformed}.
 *
 * @param what the file and place, for messages
 * @param object the object
 */
record Fields(String what, JsonObject object) {
    static Fields of(String what, Json value) {
        if (!(value instanceof JsonObject object)) {
            throw new Malformed(what, "an object expected");
        }
        return new Fields(what, object);
    }

    Json member(String name) {
        return object.member(name).orElseThrow(() -> new Malformed(what, "\"" + name + "\" is missing"));
    }

    Fields object(String name) {
        return of(what + ", \"" + name + "\"", member(name));
    }

    JsonArray array(String name) {
        if (!(member(name) instanceof JsonArray array)) {
            throw new Malformed(what, "\"" + name + "\" is no array");
        }
        return array;
    }

    String text(String name) {
        if (!(member(name) instanceof JsonString string)) {
            throw new Malformed(what, "\"" + name + "\" is no string");
        }
        return string.value();
    }

    /** A string that is to be read further; what its reader refuses is malformed. */
    <T> T parsed(String name, Function<String, T> parse) {
        var text = text(name);
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException refused) {
            throw new Malformed(what, "\"" + name + "\" is \"" + Excerpt.of(text) + "\": " + refused.getMessage());
        }
    }

    /** An integer from 1 up that fits an int. */
    int positive(String name) {
        if (member(name) instanceof JsonNumber number) {
            var value = number.asLong().orElse(0);
            if (value >= 1 && value <= Integer.MAX_VALUE) {
                return (int) value;
            }
        }
        throw new Malformed(what, "\"" + name + "\" is no integer from 1 to " + Integer.MAX_VALUE);
    }

    /** What a maker of values makes; what it refuses is malformed. */
    <T> T legal(String saying, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException refused) {
            throw new Malformed(what, saying + ": " + refused.getMessage());
        }
    }
}
