package dev.bulla.channel;

/**
 * Something an operator should do, while everything still works.
 *
 * @param about what it concerns, for example {@code channel main}
 * @param text what, by when, and the cure; one sentence
 */
public record Warning(String about, String text) {}
