package dev.bulla.conda.archive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.StrictJson;
import dev.bulla.conda.name.Excerpt;
import java.io.IOException;
import java.io.InputStream;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code info/paths.json} (CEP 34): {@code {"paths":[{"_path":"bin/x","path_type":"hardlink",…}],…}}. */
final class PathsJson {
    private static final int DEPTH = 16;

    private final NavigableMap<String, PathEntry> entries = new TreeMap<>();
    private boolean hasPaths;

    private PathsJson() {}

    /** The entries by path; {@link InvalidJsonException} if it is not as above or names a path twice. */
    static NavigableMap<String, PathEntry> read(InputStream utf8, int maxBytes) throws IOException {
        return StrictJson.read(utf8, new JsonBounds(maxBytes, DEPTH), parser -> {
            var paths = new PathsJson();
            parser.nextToken();
            paths.document(parser);
            return paths.entries;
        });
    }

    private void document(JsonParser parser) throws IOException {
        StrictJson.expect(parser, JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "paths" -> entries(parser);
                case "paths_version" -> version(parser);
                default -> parser.skipChildren();
            }
        }
        if (!hasPaths) {
            throw new InvalidJsonException("member paths is missing");
        }
    }

    private static void version(JsonParser parser) throws IOException {
        if (!StrictJson.expect(parser, JsonToken.VALUE_NUMBER_INT, "a whole number")
                .getText()
                .equals("1")) {
            throw new InvalidJsonException("paths_version is not 1");
        }
    }

    private void entries(JsonParser parser) throws IOException {
        hasPaths = true;
        StrictJson.expect(parser, JsonToken.START_ARRAY, "a list");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            var entry = entry(parser);
            if (entries.put(entry.path(), entry) != null) {
                throw new InvalidJsonException("a path is there twice");
            }
        }
    }

    private static PathEntry entry(JsonParser parser) throws IOException {
        StrictJson.expect(parser, JsonToken.START_OBJECT, "an object");
        @Nullable String path = null;
        var type = PathEntry.Type.HARDLINK;
        @Nullable Sha256 sha256 = null;
        @Nullable Long size = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "_path" -> path = string(parser);
                case "path_type" -> type = type(string(parser));
                case "sha256" -> sha256 = parser.currentToken() == JsonToken.VALUE_NULL ? null : digest(parser);
                case "size_in_bytes" -> size = parser.currentToken() == JsonToken.VALUE_NULL ? null : number(parser);
                default -> parser.skipChildren();
            }
        }
        if (path == null) {
            throw new InvalidJsonException("an entry without _path");
        }
        return new PathEntry(path, type, sha256, size);
    }

    private static PathEntry.Type type(String text) {
        return switch (text) {
            case "hardlink" -> PathEntry.Type.HARDLINK;
            case "softlink" -> PathEntry.Type.SOFTLINK;
            case "directory" -> PathEntry.Type.DIRECTORY;
            default -> throw new InvalidJsonException("path_type " + Excerpt.of(text) + " is unknown");
        };
    }

    private static Sha256 digest(JsonParser parser) throws IOException {
        try {
            return Sha256.parse(string(parser));
        } catch (IllegalArgumentException e) {
            throw new InvalidJsonException("a sha256 is " + e.getMessage());
        }
    }

    private static String string(JsonParser parser) throws IOException {
        return StrictJson.expect(parser, JsonToken.VALUE_STRING, "a string").getText();
    }

    private static long number(JsonParser parser) throws IOException {
        return StrictJson.expect(parser, JsonToken.VALUE_NUMBER_INT, "a whole number")
                .getLongValue();
    }
}
