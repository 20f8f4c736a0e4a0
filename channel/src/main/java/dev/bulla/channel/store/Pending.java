package dev.bulla.channel.store;

/** A transaction that is on its way to the disk. */
@FunctionalInterface
public interface Pending<T> {
    /** Waits for it and returns the result once it is durable; throws what the work or the commit ended with. */
    T await();
}
