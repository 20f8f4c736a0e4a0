package dev.bulla.channel.store;

/** Does one kind of job. */
@FunctionalInterface
public interface JobHandler {
    /** Does it for this subject; an exception or error means that it is tried again later. Must be safe to do twice. */
    void run(String subject) throws Exception;
}
