package dev.bulla.client.shards;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonNull;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads MessagePack from memory, one value after the other. No value is larger than what is left of the bytes, none is
 * deeper than {@value #MAX_DEPTH}, and a tree has at most {@value #MAX_VALUES} values. Not safe to share.
 */
final class MessagePackReader {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_VALUES = 1 << 16;

    /** The members whose value may be bytes. */
    private static final Set<String> DIGESTS = Set.of("sha256", "md5", "legacy_bz2_md5");

    private final ByteBuffer in;
    private int values;

    MessagePackReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    /** Reads a map; {@code member} must read the value that follows each name. */
    void map(Consumer<String> member) {
        var names = new HashSet<String>();
        for (var left = mapSize(); left > 0; left--) {
            var name = string();
            if (!names.add(name)) {
                throw malformed("a name that is there twice");
            }
            member.accept(name);
        }
    }

    /** Reads a list; {@code element} must read each. */
    void list(Runnable element) {
        for (var left = listSize(); left > 0; left--) {
            element.run();
        }
    }

    String string() {
        var type = type();
        var length =
                switch (type) {
                    case 0xd9 -> length(1);
                    case 0xda -> length(2);
                    case 0xdb -> length(4);
                    default -> {
                        if ((type & 0xe0) != 0xa0) {
                            throw malformed("something else than a text");
                        }
                        yield type & 0x1f;
                    }
                };
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(length)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("a text that is not UTF-8");
        }
    }

    byte[] binary() {
        return switch (type()) {
            case 0xc4 -> bytes(length(1));
            case 0xc5 -> bytes(length(2));
            case 0xc6 -> bytes(length(4));
            default -> throw malformed("something else than bytes");
        };
    }

    /** The next value as JSON. */
    Json value() {
        values = 0;
        return value(MAX_DEPTH, false);
    }

    private Json value(int depth, boolean isDigest) {
        if (depth == 0 || ++values > MAX_VALUES) {
            throw malformed("more than " + MAX_DEPTH + " levels or " + MAX_VALUES + " values");
        }
        var type = type(in.position());
        if (type >= 0xc4 && type <= 0xc6 && isDigest) {
            return new JsonString(HexFormat.of().formatHex(binary()));
        }
        return switch (Kind.of(type)) {
            case TEXT -> new JsonString(string());
            case LIST -> list(depth - 1);
            case MAP -> object(depth - 1);
            case OTHER -> scalar();
        };
    }

    private JsonArray list(int depth) {
        var elements = new ArrayList<Json>();
        list(() -> elements.add(value(depth, false)));
        return new JsonArray(elements);
    }

    private JsonObject object(int depth) {
        var members = new LinkedHashMap<String, Json>();
        map(name -> members.put(name, value(depth, depth == MAX_DEPTH - 1 && DIGESTS.contains(name))));
        return new JsonObject(members);
    }

    private Json scalar() {
        var type = type();
        return switch (type) {
            case 0xc0 -> new JsonNull();
            case 0xc2 -> new JsonBoolean(false);
            case 0xc3 -> new JsonBoolean(true);
            case 0xcc -> JsonNumber.of(number(1) & 0xff);
            case 0xcd -> JsonNumber.of(number(2) & 0xffff);
            case 0xce -> JsonNumber.of(number(4) & 0xffff_ffffL);
            case 0xcf -> new JsonNumber(Long.toUnsignedString(number(8)));
            case 0xd0 -> JsonNumber.of(number(1));
            case 0xd1 -> JsonNumber.of(number(2));
            case 0xd2 -> JsonNumber.of(number(4));
            case 0xd3 -> JsonNumber.of(number(8));
            default -> {
                if (type >= 0x80 && type < 0xe0) {
                    throw malformed("a value that is no text, integer, truth, list or map");
                }
                yield JsonNumber.of((byte) type);
            }
        };
    }

    /** What a first byte announces, as far as values differ in how they are read. */
    private enum Kind {
        TEXT,
        LIST,
        MAP,
        OTHER;

        static Kind of(int type) {
            if ((type & 0xe0) == 0xa0 || (type >= 0xd9 && type <= 0xdb)) {
                return TEXT;
            }
            if ((type & 0xf0) == 0x90 || type == 0xdc || type == 0xdd) {
                return LIST;
            }
            return (type & 0xf0) == 0x80 || type == 0xde || type == 0xdf ? MAP : OTHER;
        }
    }

    private int mapSize() {
        var type = type();
        return size(
                switch (type) {
                    case 0xde -> length(2);
                    case 0xdf -> length(4);
                    default -> {
                        if ((type & 0xf0) != 0x80) {
                            throw malformed("something else than a map");
                        }
                        yield type & 0x0f;
                    }
                },
                2);
    }

    private int listSize() {
        var type = type();
        return size(
                switch (type) {
                    case 0xdc -> length(2);
                    case 0xdd -> length(4);
                    default -> {
                        if ((type & 0xf0) != 0x90) {
                            throw malformed("something else than a list");
                        }
                        yield type & 0x0f;
                    }
                },
                1);
    }

    /** So many elements, of at least so many bytes each. */
    private int size(int count, int leastBytes) {
        if (count > in.remaining() / leastBytes) {
            throw malformed("a map or list that is longer than the file");
        }
        return count;
    }

    /** Nothing may follow. */
    void end() {
        if (in.hasRemaining()) {
            throw malformed("more behind its end");
        }
    }

    private int type() {
        return (int) number(1) & 0xff;
    }

    private int type(int position) {
        if (position >= in.limit()) {
            throw malformed("no end");
        }
        return in.get(position) & 0xff;
    }

    private int length(int bytes) {
        var length = number(bytes) & (0xffff_ffffL >>> (8 * (4 - bytes)));
        if (length > in.remaining()) {
            throw malformed("a value that is longer than the file");
        }
        return (int) length;
    }

    private byte[] bytes(int length) {
        if (length > in.remaining()) {
            throw malformed("a value that is longer than the file");
        }
        var bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /** A big-endian integer with its sign. */
    private long number(int bytes) {
        try {
            return switch (bytes) {
                case 1 -> in.get();
                case 2 -> in.getShort();
                case 4 -> in.getInt();
                default -> in.getLong();
            };
        } catch (BufferUnderflowException e) {
            throw malformed("no end");
        }
    }

    private ProblemException malformed(String what) {
        return new ProblemException(
                Code.METADATA_MALFORMED,
                "has " + what + ", at byte " + in.position() + " of " + in.limit() + " unpacked");
    }
}
