package dev.bulla.conda.shards;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.conda.json.JsonMembers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.HexFormat;

/**
 * Reads MessagePack from memory. A count is believed only if so many elements fit into what is left; no value is deeper
 * than {@value #MAX_DEPTH} or has more values in it than was said, and no map has a name twice. Anything else than was
 * asked for is an {@link InvalidMessagePackException}. Not safe to share.
 */
final class MessagePackReader {
    private static final int MAX_DEPTH = 32;

    private final ByteBuffer in;
    private final int maxValues;
    private int values;

    MessagePackReader(byte[] bytes, int maxValues) {
        this.in = ByteBuffer.wrap(bytes);
        this.maxValues = maxValues;
    }

    /** Refuses what follows the last value. */
    void end() {
        if (in.hasRemaining()) {
            throw invalid("more follows the end");
        }
    }

    /** Reads the beginning of a map: how many members follow. */
    int map() {
        var first = unsigned(1);
        return fitting(
                switch ((int) first) {
                    case 0xde -> unsigned(2);
                    case 0xdf -> unsigned(4);
                    default -> short4(first, 0x80, "a map");
                },
                2);
    }

    /** Reads the beginning of a list: how many elements follow. */
    int array() {
        var first = unsigned(1);
        return fitting(
                switch ((int) first) {
                    case 0xdc -> unsigned(2);
                    case 0xdd -> unsigned(4);
                    default -> short4(first, 0x90, "a list");
                },
                1);
    }

    /** Reads a text. */
    String string() {
        var first = unsigned(1);
        var count =
                switch ((int) first) {
                    case 0xd9 -> unsigned(1);
                    case 0xda -> unsigned(2);
                    case 0xdb -> unsigned(4);
                    default -> shortString(first);
                };
        var utf8 = slice(count);
        try {
            return UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw invalid("a text is not UTF-8");
        }
    }

    /** Reads bytes. */
    byte[] binary() {
        var count =
                switch ((int) unsigned(1)) {
                    case 0xc4 -> unsigned(1);
                    case 0xc5 -> unsigned(2);
                    case 0xc6 -> unsigned(4);
                    default -> throw expected("bytes");
                };
        var bytes = new byte[fitting(count, 1)];
        in.get(bytes);
        return bytes;
    }

    /** Reads a whole number from 0 to 2^63-1. */
    long integer() {
        var first = (int) unsigned(1);
        var value = first < 0x80
                ? first
                : switch (first) {
                    case 0xcc -> unsigned(1);
                    case 0xcd -> unsigned(2);
                    case 0xce -> unsigned(4);
                    case 0xcf, 0xd3 -> fixed(8).getLong();
                    case 0xd0 -> fixed(1).get();
                    case 0xd1 -> fixed(2).getShort();
                    case 0xd2 -> fixed(4).getInt();
                    default -> throw expected("a whole number");
                };
        if (value < 0) {
            throw invalid("a number is below 0 or over 2^63-1");
        }
        return value;
    }

    /** Reads any value and forgets it. */
    void skip() {
        json();
    }

    /**
     * Reads any value as compact JSON in the order it stands. Bytes are read only as one of its members that are digests,
     * and become a text of lower-case hexadecimal digits.
     */
    String json() {
        values = 0;
        var out = new StringBuilder();
        json(out, 0);
        return out.toString();
    }

    private void json(StringBuilder out, int depth) {
        if (depth > MAX_DEPTH || ++values > maxValues) {
            throw invalid("more than " + MAX_DEPTH + " deep or " + maxValues + " values");
        }
        var at = in.position();
        var first = (int) unsigned(1);
        if (first < 0x80 || first >= 0xe0) {
            out.append((byte) first);
            return;
        }
        switch (first) {
            case 0xc0 -> out.append("null");
            case 0xc2 -> out.append("false");
            case 0xc3 -> out.append("true");
            case 0xca -> real(out, fixed(4).getFloat());
            case 0xcb -> real(out, fixed(8).getDouble());
            case 0xcc -> out.append(unsigned(1));
            case 0xcd -> out.append(unsigned(2));
            case 0xce -> out.append(unsigned(4));
            case 0xcf -> out.append(Long.toUnsignedString(fixed(8).getLong()));
            case 0xd0 -> out.append(fixed(1).get());
            case 0xd1 -> out.append(fixed(2).getShort());
            case 0xd2 -> out.append(fixed(4).getInt());
            case 0xd3 -> out.append(fixed(8).getLong());
            default -> {
                in.position(at);
                sized(out, first, depth);
            }
        }
    }

    private void sized(StringBuilder out, int first, int depth) {
        if (first < 0x90 || first == 0xde || first == 0xdf) {
            jsonMap(out, depth);
        } else if (first < 0xa0 || first == 0xdc || first == 0xdd) {
            jsonArray(out, depth);
        } else if (first >= 0xc4 && first <= 0xc6) {
            throw invalid(binary().length + " bytes where no digest belongs");
        } else {
            out.append(JsonMembers.quoted(string()));
        }
    }

    private void jsonMap(StringBuilder out, int depth) {
        out.append('{');
        var members = map();
        var names = new HashSet<String>();
        for (var i = 0; i < members; i++) {
            var name = string();
            if (!names.add(name)) {
                throw invalid("a name is there twice");
            }
            out.append(i == 0 ? "" : ",").append(JsonMembers.quoted(name)).append(':');
            if (depth == 0 && Digests.HEX_DIGITS.containsKey(name) && isBinary()) {
                out.append('"').append(HexFormat.of().formatHex(binary())).append('"');
            } else {
                json(out, depth + 1);
            }
        }
        out.append('}');
    }

    /** Whether a map is next. */
    boolean isMap() {
        var first = next();
        return (first & 0xf0) == 0x80 || first == 0xde || first == 0xdf;
    }

    private boolean isBinary() {
        var first = next();
        return first >= 0xc4 && first <= 0xc6;
    }

    /** The next byte, which stays where it is; 0 at the end. */
    private int next() {
        return in.hasRemaining() ? in.get(in.position()) & 0xff : 0;
    }

    private void jsonArray(StringBuilder out, int depth) {
        out.append('[');
        var elements = array();
        for (var i = 0; i < elements; i++) {
            out.append(i == 0 ? "" : ",");
            json(out, depth + 1);
        }
        out.append(']');
    }

    private void real(StringBuilder out, double value) {
        if (!Double.isFinite(value)) {
            throw invalid("a number is not finite");
        }
        out.append(value);
    }

    private long short4(long first, int mark, String wanted) {
        if ((first & 0xf0) != mark) {
            throw expected(wanted);
        }
        return first & 0xf;
    }

    private long shortString(long first) {
        if ((first & 0xe0) != 0xa0) {
            throw expected("a text");
        }
        return first & 0x1f;
    }

    private long unsigned(int width) {
        var value = 0L;
        for (var bytes = fixed(width); bytes.hasRemaining(); ) {
            value = (value << 8) | (bytes.get() & 0xff);
        }
        return value;
    }

    private ByteBuffer fixed(int width) {
        return slice(width);
    }

    private ByteBuffer slice(long count) {
        var slice = in.slice(in.position(), fitting(count, 1));
        in.position(in.position() + slice.remaining());
        return slice;
    }

    private int fitting(long count, int bytesEach) {
        if (count * bytesEach > in.remaining()) {
            throw invalid("cut off: " + count + " elements do not fit into " + in.remaining() + " bytes");
        }
        return (int) count;
    }

    private InvalidMessagePackException expected(String wanted) {
        return new InvalidMessagePackException("expected " + wanted + " at byte " + (in.position() - 1));
    }

    private InvalidMessagePackException invalid(String why) {
        return new InvalidMessagePackException(why + " at byte " + in.position());
    }
}
