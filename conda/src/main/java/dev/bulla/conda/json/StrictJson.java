package dev.bulla.conda.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the one parser that this module uses, and reads single values from it. */
public final class StrictJson {
    private static final JsonFactory OF_SMALL = newFactory(JsonBounds.SMALL);

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
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
            return read(factory(bounds).createParser(text.array(), text.position(), text.remaining()), reading);
        } catch (CharacterCodingException e) {
            throw new InvalidJsonException("not UTF-8");
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be read", e);
        }
    }

    /** Reads one JSON text from a stream to its end; {@link IOException} only if the stream itself fails. */
    public static <T> T read(InputStream utf8, JsonBounds bounds, Reading<T> reading) throws IOException {
        // A decoder of our own refuses what is not UTF-8; left to itself the parser would guess other encodings.
        return read(factory(bounds).createParser(new InputStreamReader(utf8, UTF_8.newDecoder())), reading);
    }

    /** The string that this compact text of a value is. */
    public static String string(String text) {
        if (text.length() >= 2 && text.charAt(0) == '"' && text.indexOf('\\') < 0) {
            return text.substring(1, text.length() - 1); // compact texts are well-formed: nothing in it is escaped
        }
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

    private static <T> T read(JsonParser opened, Reading<T> reading) throws IOException {
        try (var parser = opened) {
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

    /** A factory is safe to share, and takes longer to make than a small text to read. */
    private static JsonFactory factory(JsonBounds bounds) {
        return bounds.equals(JsonBounds.SMALL) ? OF_SMALL : newFactory(bounds);
    }

    private static JsonFactory newFactory(JsonBounds bounds) {
        return new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(bounds.constraints())
                .build();
    }
}
