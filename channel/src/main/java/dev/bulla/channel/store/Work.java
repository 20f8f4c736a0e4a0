package dev.bulla.channel.store;

import org.jdbi.v3.core.Handle;

/** What is done with the database in one transaction; it may run on another thread than its caller's. */
@FunctionalInterface
public interface Work<T> {
    /** Does it. An exception undoes everything done with the handle and reaches the caller. */
    T run(Handle handle);
}
