package dev.bulla.channel.store;

import java.io.IOException;

/**
 * Makes many changes durable in one step: all that was written and moved in one file system since this was opened. An
 * error of the device that comes to light in between is reported by it.
 */
public interface Barrier extends AutoCloseable {
    /** Returns once everything is durable. */
    void sync() throws IOException;

    @Override
    void close();
}
