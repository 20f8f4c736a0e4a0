package dev.bulla.conda.json;

/** Bytes that are no JSON, or more of it than allowed; the message says what and where, without the file's name. */
public final class InvalidJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public InvalidJsonException(String message) {
        super(message);
    }
}
