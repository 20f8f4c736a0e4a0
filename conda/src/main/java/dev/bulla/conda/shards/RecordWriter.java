package dev.bulla.conda.shards;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.StrictJson;
import java.io.IOException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Writes JSON as MessagePack, member by member in the order it stands. */
final class RecordWriter {
    private static final String RUN_EXPORTS = "run_exports";

    private final MessagePackWriter out;

    RecordWriter(MessagePackWriter out) {
        this.out = out;
    }

    /** A record with its digests as bytes, and this value of {@code run_exports} in its place among the members. */
    void write(byte[] recordJson, byte @Nullable [] runExports) {
        StrictJson.read(recordJson, JsonBounds.SMALL, parser -> {
            parser.nextToken();
            record(parser, runExports);
            return out;
        });
    }

    private void record(JsonParser parser, byte @Nullable [] runExports) throws IOException {
        StrictJson.expect(parser, JsonToken.START_OBJECT, "an object");
        var at = out.open();
        var members = 0;
        var pending = runExports;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            if (pending != null && name.compareTo(RUN_EXPORTS) >= 0) {
                runExports(pending);
                pending = null;
                members++;
            }
            if (runExports != null && name.equals(RUN_EXPORTS)) {
                parser.skipChildren();
                continue;
            }
            out.string(name);
            member(name, parser);
            members++;
        }
        if (pending != null) {
            runExports(pending);
            members++;
        }
        out.closeMap(at, members);
    }

    private void runExports(byte[] json) {
        out.string(RUN_EXPORTS);
        StrictJson.read(json, JsonBounds.SMALL, parser -> {
            parser.nextToken();
            value(parser);
            return out;
        });
    }

    private void member(String name, JsonParser parser) throws IOException {
        var digits = Digests.HEX_DIGITS.get(name);
        if (digits != null && parser.currentToken() == JsonToken.VALUE_STRING) {
            digest(parser.getText(), digits);
        } else {
            value(parser);
        }
    }

    private void digest(String text, int digits) {
        if (text.length() == digits && text.chars().allMatch(RecordWriter::isLowerHex)) {
            out.binary(HexFormat.of().parseHex(text), 0, digits / 2);
        } else {
            out.string(text);
        }
    }

    private static boolean isLowerHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    private void value(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> out.string(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> real(parser.getText());
            case VALUE_TRUE -> out.bool(true);
            case VALUE_FALSE -> out.bool(false);
            case VALUE_NULL -> out.nil();
            default -> throw new IllegalStateException("no value: " + parser.currentToken());
        }
    }

    private void integer(JsonParser parser) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            out.integer(parser.getBigIntegerValue());
        } else {
            out.integer(parser.getLongValue());
        }
    }

    private void real(String text) {
        var value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new InvalidJsonException("number " + text + " is too large");
        }
        out.real(value);
    }

    private void object(JsonParser parser) throws IOException {
        var at = out.open();
        var members = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            out.string(parser.currentName());
            parser.nextToken();
            value(parser);
            members++;
        }
        out.closeMap(at, members);
    }

    private void array(JsonParser parser) throws IOException {
        var at = out.open();
        var elements = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            value(parser);
            elements++;
        }
        out.closeArray(at, elements);
    }
}
