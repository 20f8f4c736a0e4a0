package dev.bulla.conda.archive;

import java.io.IOException;

/** A decoder could not read on: the archive is broken, not the disk. */
final class DecodingException extends IOException {
    private static final long serialVersionUID = 1L;

    DecodingException(Exception cause) {
        super("its compressed data are broken", cause);
    }
}
