package dev.bulla.conda.repodata;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.conda.json.StrictJson;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Walks over JSON text without building anything, and hands out the bytes of single values. It accepts exactly RFC 8259
 * in UTF-8 without byte order mark or halves of surrogate pairs; it does not see names that repeat. Not safe to share
 * between threads.
 *
 * <p>The window onto the stream slides: bytes before {@code kept} are forgotten, so memory is bounded by the largest
 * value that is handed out.
 */
final class JsonScanner {
    private static final int WINDOW = 1 << 16;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME = 4096;
    private static final boolean[] PLAIN = plainInString();

    private final InputStream in;
    private final long totalBytes;
    private byte[] window = new byte[WINDOW];
    private int position;
    private int end;
    private int kept = -1;
    private int maxKept;
    private long forgotten;

    JsonScanner(InputStream in, long totalBytes) {
        this.in = in;
        this.totalBytes = totalBytes;
    }

    /** The next byte that is no white space, not consumed; -1 at the end. */
    int peek() throws IOException {
        while (true) {
            var next = look();
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next;
            }
            position++;
        }
    }

    /** Consumes this byte if it is the next that is no white space. */
    boolean accept(char wanted) throws IOException {
        if (peek() != wanted) {
            return false;
        }
        position++;
        return true;
    }

    void expect(char wanted) throws IOException {
        if (!accept(wanted)) {
            throw invalid("expected " + wanted);
        }
    }

    /** The next value's bytes, at most this many. */
    byte[] value(int maxBytes) throws IOException {
        peek();
        kept = position;
        maxKept = maxBytes;
        skip(0);
        if (position - kept > maxBytes) {
            throw invalid("a value is over " + maxBytes + " bytes");
        }
        var value = Arrays.copyOfRange(window, kept, position);
        kept = -1;
        return value;
    }

    /** The next value, a string. */
    String string() throws IOException {
        if (peek() != '"') {
            throw invalid("expected a string");
        }
        var raw = value(MAX_NAME);
        return indexOf(raw, '\\') < 0
                ? new String(raw, 1, raw.length - 2, UTF_8)
                : StrictJson.string(new String(raw, UTF_8));
    }

    private void skip(int depth) throws IOException {
        switch (peek()) {
            case '{' -> skipObject(deeper(depth));
            case '[' -> skipArray(deeper(depth));
            case '"' -> skipString();
            case 't' -> skipWord("true");
            case 'f' -> skipWord("false");
            case 'n' -> skipWord("null");
            default -> skipNumber();
        }
    }

    private int deeper(int depth) {
        if (depth == MAX_DEPTH) {
            throw invalid("more than " + MAX_DEPTH + " levels");
        }
        return depth + 1;
    }

    private void skipObject(int depth) throws IOException {
        position++;
        if (accept('}')) {
            return;
        }
        do {
            if (peek() != '"') {
                throw invalid("expected a name");
            }
            skipString();
            expect(':');
            skip(depth);
        } while (accept(','));
        expect('}');
    }

    private void skipArray(int depth) throws IOException {
        position++;
        if (accept(']')) {
            return;
        }
        do {
            skip(depth);
        } while (accept(','));
        expect(']');
    }

    private void skipString() throws IOException {
        position++;
        while (true) {
            var bytes = window;
            var at = position;
            while (at < end && PLAIN[bytes[at] & 0xff]) {
                at++;
            }
            position = at;
            var next = at < end ? bytes[at] & 0xff : look();
            if (next == '"') {
                position++;
                return;
            }
            if (next == '\\') {
                skipEscape();
            } else if (next >= 0x80) {
                skipSequence();
            } else if (next < ' ') {
                throw invalid(next < 0 ? "ends within a string" : "a control character in a string");
            }
        }
    }

    private void skipEscape() throws IOException {
        position++;
        var escape = read();
        if (escape != 'u') {
            if ("\"\\/bfnrt".indexOf(escape) < 0) {
                throw invalid("an unknown escape");
            }
            return;
        }
        var unit = (char) hexDigits();
        if (Character.isLowSurrogate(unit)) {
            throw invalid("half a surrogate pair");
        }
        if (Character.isHighSurrogate(unit)
                && (read() != '\\' || read() != 'u' || !Character.isLowSurrogate((char) hexDigits()))) {
            throw invalid("half a surrogate pair");
        }
    }

    private int hexDigits() throws IOException {
        var unit = 0;
        for (var i = 0; i < 4; i++) {
            var next = read();
            var digit = next < 0x80 ? Character.digit(next, 16) : -1;
            if (digit < 0) {
                throw invalid("expected four hexadecimal digits");
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** One character of two to four bytes: RFC 3629, table in section 4. */
    private void skipSequence() throws IOException {
        var lead = read();
        var low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        var high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        var following = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
        if (following == 0) {
            throw invalid("not UTF-8");
        }
        for (var i = 0; i < following; i++) {
            var next = read();
            if (next < (i == 0 ? low : 0x80) || next > (i == 0 ? high : 0xbf)) {
                throw invalid("not UTF-8");
            }
        }
    }

    private void skipWord(String word) throws IOException {
        for (var i = 0; i < word.length(); i++) {
            if (read() != word.charAt(i)) {
                throw invalid("expected " + word);
            }
        }
    }

    private void skipNumber() throws IOException {
        if (look() == '-') {
            position++;
        }
        if (look() == '0') {
            position++;
        } else {
            skipDigits();
        }
        if (look() == '.') {
            position++;
            skipDigits();
        }
        if (look() == 'e' || look() == 'E') {
            position++;
            if (look() == '+' || look() == '-') {
                position++;
            }
            skipDigits();
        }
    }

    private void skipDigits() throws IOException {
        if (look() < '0' || look() > '9') {
            throw invalid("expected a value");
        }
        while (look() >= '0' && look() <= '9') {
            position++;
        }
    }

    private int read() throws IOException {
        var next = look();
        if (next >= 0) {
            position++;
        }
        return next;
    }

    private int look() throws IOException {
        return position < end || fill() ? window[position] & 0xff : -1;
    }

    private boolean fill() throws IOException {
        slide();
        var count = in.read(window, end, window.length - end);
        if (count > 0) {
            end += count;
        }
        if (forgotten + end > totalBytes) {
            throw invalid("more than " + totalBytes + " bytes");
        }
        return count > 0;
    }

    private void slide() throws IOException {
        var from = kept < 0 ? position : kept;
        if (end - from == window.length) {
            if (window.length >= maxKept + WINDOW) {
                throw invalid("a value is over " + maxKept + " bytes");
            }
            window = Arrays.copyOf(window, (int) Math.min(2L * window.length, (long) maxKept + WINDOW));
        }
        System.arraycopy(window, from, window, 0, end - from);
        forgotten += from;
        position -= from;
        end -= from;
        kept = kept < 0 ? -1 : 0;
    }

    ProblemException invalid(String what) {
        return new ProblemException(
                Code.REPODATA_INVALID,
                "repodata.json is no valid index: " + what + " at byte " + (forgotten + position));
    }

    private static int indexOf(byte[] bytes, char wanted) {
        for (var i = 0; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static boolean[] plainInString() {
        var plain = new boolean[256];
        Arrays.fill(plain, ' ', 0x80, true);
        plain['"'] = false;
        plain['\\'] = false;
        return plain;
    }
}
