package dev.bulla.trust.contenttrust;

import dev.bulla.trust.contenttrust.ContentTrustException.Malformed;
import dev.bulla.trust.json.Excerpt;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonNull;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The record that libmamba rebuilds from what its solver kept, and verifies: eleven fields, or twelve.
 *
 * <table>
 *   <caption>fields</caption>
 *   <tr><td>name, version, build, subdir, license, md5, sha256</td><td>string; {@code ""} when absent</td></tr>
 *   <tr><td>build_number, size</td><td>integer; 0 when absent</td></tr>
 *   <tr><td>timestamp</td><td>in seconds; 0 when absent; milliseconds are cut, not rounded</td></tr>
 *   <tr><td>depends</td><td>{@link SolverSpec}s in order, each once; {@code []} when absent</td></tr>
 *   <tr><td>constrains</td><td>{@link SolverSpec}s in order; left out when absent or empty</td></tr>
 * </table>
 *
 * Everything else in a record ({@code noarch}, {@code track_features}, {@code indexed_timestamp}, …) is unsigned there.
 */
final class ReducedRecord {
    /** The last second of the year 9999: a timestamp above it is in milliseconds. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final JsonArray NONE = new JsonArray(List.of());

    private ReducedRecord() {}

    /** @throws Malformed when a field is of another type, a number negative or no integer, or libmamba drops a spec */
    static JsonObject of(JsonObject record) {
        var constrains = specs(record, "constrains");
        var reduced = JsonObject.builder()
                .put("build", text(record, "build"))
                .put("build_number", number(record, "build_number"));
        if (!constrains.isEmpty()) {
            reduced.put("constrains", array(constrains));
        }
        return reduced.put("depends", array(new LinkedHashSet<>(specs(record, "depends"))))
                .put("license", text(record, "license"))
                .put("md5", text(record, "md5"))
                .put("name", text(record, "name"))
                .put("sha256", text(record, "sha256"))
                .put("size", number(record, "size"))
                .put("subdir", text(record, "subdir"))
                .put("timestamp", seconds(number(record, "timestamp")))
                .put("version", text(record, "version"))
                .build();
    }

    private static long seconds(long timestamp) {
        return timestamp > LAST_SECOND ? timestamp / 1000 : timestamp;
    }

    /** A member that is there and not null. */
    private static Optional<Json> present(JsonObject record, String name) {
        return record.member(name).filter(value -> !(value instanceof JsonNull));
    }

    private static String text(JsonObject record, String name) {
        return switch (present(record, name).orElse(new JsonString(""))) {
            case JsonString string -> string.value();
            default -> throw new Malformed("record", "\"" + name + "\" is no string");
        };
    }

    private static long number(JsonObject record, String name) {
        if (present(record, name).orElse(JsonNumber.of(0)) instanceof JsonNumber number
                && number.asLong().orElse(-1) >= 0) {
            return number.asLong().getAsLong();
        }
        throw new Malformed("record", "\"" + name + "\" is no integer from 0 up");
    }

    private static List<String> specs(JsonObject record, String name) {
        if (!(present(record, name).orElse(NONE) instanceof JsonArray array)) {
            throw new Malformed("record", "\"" + name + "\" is no array");
        }
        return array.elements().stream().map(element -> spec(name, element)).toList();
    }

    private static String spec(String name, Json element) {
        if (!(element instanceof JsonString string)) {
            throw new Malformed("record", "\"" + name + "\" holds other things than strings");
        }
        return SolverSpec.of(string.value())
                .orElseThrow(() -> new Malformed(
                        "record",
                        "\"" + name + "\" has \"" + Excerpt.of(string.value())
                                + "\", which begins with no package name"));
    }

    private static JsonArray array(Collection<String> specs) {
        return new JsonArray(
                specs.stream().map(JsonString::new).map(Json.class::cast).toList());
    }
}
