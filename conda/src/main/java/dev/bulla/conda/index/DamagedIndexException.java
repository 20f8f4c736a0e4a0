package dev.bulla.conda.index;

import java.io.IOException;

/**
 * A finished index is not what it was when it was written, or cannot be read. Nothing was made from it; the message
 * says which file and what was expected. The cure is to write the index from nothing.
 */
public final class DamagedIndexException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedIndexException(String message) {
        super(message);
    }

    DamagedIndexException(String message, Throwable cause) {
        super(message, cause);
    }
}
