package dev.bulla.trust.contenttrust;

import dev.bulla.trust.contenttrust.ContentTrustException.Malformed;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonNull;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
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
 *   <tr><td>depends</td><td>strings in order; {@code []} when absent</td></tr>
 *   <tr><td>constrains</td><td>strings in order; left out when absent or empty</td></tr>
 * </table>
 *
 * Everything else in a record ({@code noarch}, {@code track_features}, {@code indexed_timestamp}, …) is unsigned there.
 */
final class ReducedRecord {
    private static final List<String> TEXTS = List.of("name", "version", "build", "subdir", "license", "md5", "sha256");
    private static final List<String> NUMBERS = List.of("build_number", "size");

    /** The last second of the year 9999: a timestamp above it is in milliseconds. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private ReducedRecord() {}

    /** @throws Malformed when a field is of another type, or a number is negative or no integer */
    static JsonObject of(JsonObject record) {
        var reduced = JsonObject.builder();
        TEXTS.forEach(name -> reduced.put(name, text(record, name)));
        NUMBERS.forEach(name -> reduced.put(name, number(record, name)));
        reduced.put("timestamp", seconds(number(record, "timestamp")));
        reduced.put("depends", strings(record, "depends"));
        var constrains = strings(record, "constrains");
        if (!constrains.elements().isEmpty()) {
            reduced.put("constrains", constrains);
        }
        return reduced.build();
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

    private static JsonArray strings(JsonObject record, String name) {
        if (present(record, name).orElse(new JsonArray(List.of())) instanceof JsonArray array
                && array.elements().stream().allMatch(JsonString.class::isInstance)) {
            return array;
        }
        throw new Malformed("record", "\"" + name + "\" is no array of strings");
    }
}
