package dev.bulla.client.publish;

import java.nio.file.Path;

/** Hears how publishing goes on, on the thread that asked for it. */
public interface PublishListener {
    /** Wants to hear nothing. */
    PublishListener SILENT = new PublishListener() {};

    /** A file is begun. */
    default void started(Path file, long sizeBytes) {}

    /** So many of its bytes are sent; a try that failed begins at 0 again. */
    default void sent(Path file, long bytes) {}

    /** It is uploaded, or was there; it is being read back. */
    default void readingBack(Path file) {}

    /** All files are read back; the records are being verified. */
    default void verifying() {}

    /** The index does not list all of them yet; told before each pause. */
    default void waitingForIndex() {}
}
