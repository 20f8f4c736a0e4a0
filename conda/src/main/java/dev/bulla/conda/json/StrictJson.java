package dev.bulla.conda.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the one parser that this module uses, and reads single values from it. */
public final class StrictJson {
    private StrictJson() {}

    /** What reads from a parser; any failure of the parser becomes an {@link InvalidJsonException}. */
    public interface Reading<T> {
        /** Reads one value; the parser stands before its first token. */
        T read(JsonParser parser) throws IOException;
    }

    /** Reads one JSON text from these bytes; nothing may follow it. */
    public static <T> T read(byte[] utf8, JsonBounds bounds, Reading<T> reading) {
        if (utf8.length > bounds.lengthBytes()) {
            throw new InvalidJsonException(utf8.length + " bytes; at most " + bounds.lengthBytes() + " are read");
        }
        try {
            return read(new ByteArrayInputStream(utf8), bounds, reading);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be read", e);
        }
    }

    /** Reads one JSON text from a stream to its end; {@link IOException} only if the stream itself fails. */
    public static <T> T read(InputStream utf8, JsonBounds bounds, Reading<T> reading) throws IOException {
        // A decoder of our own refuses what is not UTF-8; left to itself the parser would guess other encodings.
        return read(new InputStreamReader(utf8, UTF_8.newDecoder()), bounds, reading);
    }

    /** The string that this compact text of a value is. */
    public static String string(String text) {
        return read(text.getBytes(UTF_8), JsonBounds.SMALL, parser -> {
            parser.nextToken();
            return expect(parser, JsonToken.VALUE_STRING, "a string").getText();
        });
    }

    /** The strings in the list that this compact text of a value is. */
    static List<String> strings(String text) {
        return read(text.getBytes(UTF_8), JsonBounds.SMALL, parser -> {
            parser.nextToken();
            expect(parser, JsonToken.START_ARRAY, "a list");
            var strings = new ArrayList<String>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                strings.add(expect(parser, JsonToken.VALUE_STRING, "a string").getText());
            }
            return List.copyOf(strings);
        });
    }

    /** Refuses a token of another kind; {@code wanted} says in words what was expected. */
    public static JsonParser expect(JsonParser parser, JsonToken token, String wanted) {
        if (parser.currentToken() != token) {
            throw new InvalidJsonException("expected " + wanted + where(parser.currentTokenLocation()));
        }
        return parser;
    }

    private static <T> T read(Reader text, JsonBounds bounds, Reading<T> reading) throws IOException {
        try (var parser = factory(bounds).createParser(text)) {
            var value = reading.read(parser);
            if (parser.nextToken() != null) {
                throw new InvalidJsonException("more follows the end" + where(parser.currentTokenLocation()));
            }
            return value;
        } catch (JsonProcessingException e) {
            // The original message can quote the text at length; the place is enough to find it.
            throw new InvalidJsonException("not JSON within the limits" + where(e.getLocation()));
        } catch (CharacterCodingException e) {
            throw new InvalidJsonException("not UTF-8");
        }
    }

    /** A text that is too long or too deep has no place. */
    private static String where(@Nullable JsonLocation place) {
        return place == null ? "" : " at line " + place.getLineNr() + " column " + place.getColumnNr();
    }

    private static JsonFactory factory(JsonBounds bounds) {
        return new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(bounds.constraints())
                .build();
    }
}
