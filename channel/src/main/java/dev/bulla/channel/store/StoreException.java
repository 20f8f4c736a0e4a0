package dev.bulla.channel.store;

/** The database failed: a fault of the machine or of ours, never the caller's. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean stopped;

    StoreException(String message, Throwable cause) {
        super(message, cause);
        this.stopped = false;
    }

    StoreException(String message) {
        this(message, false);
    }

    private StoreException(String message, boolean stopped) {
        super(message);
        this.stopped = stopped;
    }

    /** Of a database that takes no more changes. */
    static StoreException stopped() {
        return new StoreException("the database is closed for writing", true);
    }

    /** Whether the database takes no more changes, because it was closed or its disk failed. */
    boolean isStopped() {
        return stopped;
    }
}
