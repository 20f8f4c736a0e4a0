package dev.bulla.channel.store;

/** The database failed: a fault of the machine or of ours, never the caller's. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    StoreException(String message) {
        super(message);
    }
}
