package dev.bulla.cli.commands;

import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonNull;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes a server's JSON apart for showing it. Control characters become {@code ?}: a server must not move the cursor. */
final class Answers {
    private Answers() {}

    /** A member as text; {@code absent} where there is none. */
    static String text(JsonObject object, String member, String absent) {
        return object.member(member).map(Answers::text).orElse(absent);
    }

    /** The elements of a list that are objects. */
    static List<JsonObject> objects(JsonObject object, String member) {
        return object.member(member)
                .filter(JsonArray.class::isInstance)
                .map(list -> ((JsonArray) list)
                        .elements().stream()
                                .filter(JsonObject.class::isInstance)
                                .map(JsonObject.class::cast)
                                .toList())
                .orElse(List.of());
    }

    /** All of it as what {@link dev.bulla.cli.output.JsonText} writes. */
    static Map<String, Object> map(JsonObject object) {
        var map = new LinkedHashMap<String, Object>();
        object.members().forEach((name, value) -> map.put(name, plain(value)));
        return map;
    }

    private static Object plain(Json value) {
        return switch (value) {
            case JsonObject object -> map(object);
            case JsonArray array ->
                array.elements().stream().map(Answers::plain).toList();
            case JsonString string -> safe(string.value());
            case JsonNumber number ->
                number.text().matches("-?\\d{1,18}") ? Long.valueOf(number.text()) : number.text();
            case JsonBoolean bool -> bool.value();
            case JsonNull _ -> "";
        };
    }

    private static String text(Json value) {
        return switch (value) {
            case JsonString string -> safe(string.value());
            case JsonNumber number -> number.text();
            case JsonBoolean bool -> Boolean.toString(bool.value());
            case JsonArray array -> array.elements().stream().map(Answers::text).collect(Collectors.joining(", "));
            case JsonNull _, JsonObject _ -> "";
        };
    }

    private static String safe(String text) {
        return text.replaceAll("\\p{Cc}", "?");
    }
}
