package dev.bulla.channel.store;

/**
 * Work on one subject, safe to do twice. Requests of the same job that come while it waits are one.
 *
 * @param kind which work
 * @param subject what it is done to
 */
public record Job(String kind, String subject) {
    @Override
    public String toString() {
        return kind + " " + subject;
    }
}
