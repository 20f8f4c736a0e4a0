package dev.bulla.trust.json;

/**
 * A text that is no strict JSON, is over a limit, or has no canonical form. The message says what stands where, and
 * what may.
 */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    JsonException(int offset, String message) {
        super("byte " + offset + ": " + message);
        this.offset = offset;
    }

    /** A value that cannot be written in the form asked for. */
    JsonException(String message) {
        super(message);
        this.offset = -1;
    }

    /** Where in the text, in bytes from 0; −1 when a value was at fault and not a text. */
    public int offset() {
        return offset;
    }
}
