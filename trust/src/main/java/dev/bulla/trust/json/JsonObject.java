package dev.bulla.trust.json;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A JSON object. Names are unique; two objects are equal when their members are, in any order.
 *
 * @param members name to value, in the order of the text
 */
public record JsonObject(SequencedMap<String, Json> members) implements Json {
    /** Keeps its own copy. */
    public JsonObject {
        members = members instanceof Members ? members : new Members(new LinkedHashMap<>(members));
    }

    /** The object without members. */
    public static JsonObject empty() {
        return builder().build();
    }

    /** An object of one member. */
    public static JsonObject of(String name, Json value) {
        return builder().put(name, value).build();
    }

    /** An object of two members. */
    public static JsonObject of(String name1, Json value1, String name2, Json value2) {
        return builder().put(name1, value1).put(name2, value2).build();
    }

    /** A new, empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** The value under this name. */
    public Optional<Json> member(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** This object with one member set: replaced where it stood, or added at the end. */
    public JsonObject with(String name, Json value) {
        var copy = new LinkedHashMap<>(members);
        copy.put(name, value);
        return new JsonObject(copy);
    }

    /** This object without the member of this name. */
    public JsonObject without(String name) {
        var copy = new LinkedHashMap<>(members);
        copy.remove(name);
        return new JsonObject(copy);
    }

    /** Collects members in order. Not safe to share. */
    public static final class Builder {
        private final LinkedHashMap<String, Json> members = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a member.
         *
         * @throws IllegalArgumentException when there is one of this name
         */
        public Builder put(String name, Json value) {
            if (members.putIfAbsent(name, value) != null) {
                throw new IllegalArgumentException("two members of the name " + Excerpt.of(name));
            }
            return this;
        }

        /** The same with a string. */
        public Builder put(String name, String value) {
            return put(name, new JsonString(value));
        }

        /** The same with an integer. */
        public Builder put(String name, long value) {
            return put(name, JsonNumber.of(value));
        }

        /** The object of what was added so far. */
        public JsonObject build() {
            return new JsonObject(members);
        }
    }
}
