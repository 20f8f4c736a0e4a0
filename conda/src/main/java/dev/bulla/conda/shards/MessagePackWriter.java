package dev.bulla.conda.shards;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes MessagePack into memory, each value with the shortest header that holds it. Not safe to share. */
final class MessagePackWriter {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int MAX_HEADER = 9;

    private byte[] bytes;
    private int length;

    MessagePackWriter(int expectedBytes) {
        bytes = new byte[expectedBytes + MAX_HEADER];
    }

    /** The array that holds what was written, from 0 to {@link #length}; not a copy. */
    byte[] buffer() {
        return bytes;
    }

    int length() {
        return length;
    }

    void nil() {
        head(0xc0);
    }

    void bool(boolean value) {
        head(value ? 0xc3 : 0xc2);
    }

    void integer(long value) {
        if (value >= -32 && value < 128) {
            head((int) value);
        } else if (value >= 0) {
            unsigned(value);
        } else if (value >= Byte.MIN_VALUE) {
            head(0xd0, (byte) value);
        } else if (value >= Short.MIN_VALUE) {
            head(0xd1, (short) value);
        } else if (value >= Integer.MIN_VALUE) {
            head(0xd2, (int) value);
        } else {
            head(0xd3, value);
        }
    }

    private void unsigned(long value) {
        if (value < 1 << 8) {
            head(0xcc, (byte) value);
        } else if (value < 1 << 16) {
            head(0xcd, (short) value);
        } else if (value < 1L << 32) {
            head(0xce, (int) value);
        } else {
            head(0xcf, value);
        }
    }

    /** An integer of any size; one of more than 64 bits becomes the nearest floating-point number. */
    void integer(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            integer(value.longValue());
        } else if (value.signum() > 0 && value.bitLength() == Long.SIZE) {
            head(0xcf, value.longValue());
        } else {
            real(value.doubleValue());
        }
    }

    void real(double value) {
        head(0xcb, Double.doubleToLongBits(value));
    }

    void string(String text) {
        var utf8 = text.getBytes(UTF_8);
        if (utf8.length < 32) {
            head(0xa0 | utf8.length);
        } else {
            sized(0xd9, utf8.length);
        }
        append(utf8, 0, utf8.length);
    }

    void binary(byte[] from, int offset, int count) {
        sized(0xc4, count);
        append(from, offset, count);
    }

    /** Begins a map of so many members. */
    void map(int members) {
        var at = open();
        closeMap(at, members);
    }

    /** Begins a list of so many elements. */
    void array(int elements) {
        var at = open();
        closeArray(at, elements);
    }

    /** Begins a map or a list whose count comes with its end; the answer is for that end. */
    int open() {
        head(0);
        return length - 1;
    }

    /** Ends the map that began there. */
    void closeMap(int at, int members) {
        close(at, members, 0x80, 0xde);
    }

    /** Ends the list that began there. */
    void closeArray(int at, int elements) {
        close(at, elements, 0x90, 0xdc);
    }

    /** Few need a longer header than the byte that was reserved; what they hold is moved. */
    private void close(int at, int count, int small, int large) {
        if (count < 16) {
            bytes[at] = (byte) (small | count);
            return;
        }
        var isShort = count < 1 << 16;
        var more = isShort ? 2 : 4;
        room(more);
        System.arraycopy(bytes, at + 1, bytes, at + 1 + more, length - at - 1);
        length += more;
        bytes[at] = (byte) (isShort ? large : large + 1);
        if (isShort) {
            SHORT.set(bytes, at + 1, (short) count);
        } else {
            INT.set(bytes, at + 1, count);
        }
    }

    private void sized(int first, int count) {
        if (count < 1 << 8) {
            head(first, (byte) count);
        } else if (count < 1 << 16) {
            head(first + 1, (short) count);
        } else {
            head(first + 2, count);
        }
    }

    private void head(int first) {
        room(MAX_HEADER);
        bytes[length++] = (byte) first;
    }

    private void head(int first, byte value) {
        head(first);
        bytes[length++] = value;
    }

    private void head(int first, short value) {
        head(first);
        SHORT.set(bytes, length, value);
        length += Short.BYTES;
    }

    private void head(int first, int value) {
        head(first);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
    }

    private void head(int first, long value) {
        head(first);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    private void append(byte[] from, int offset, int count) {
        room(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    private void room(int count) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), bytes.length + (bytes.length >> 1)));
        }
    }
}
