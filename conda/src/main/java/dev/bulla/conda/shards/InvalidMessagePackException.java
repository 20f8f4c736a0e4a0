package dev.bulla.conda.shards;

/** Bytes that are not the MessagePack that is wanted; the message says what and where, without the file's name. */
final class InvalidMessagePackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidMessagePackException(String message) {
        super(message);
    }
}
